/**
 * The aquifer command. Packages in the order of their imports: {@code output} (how results and errors look), {@code config}
 * (options that commands share, folders), {@code embedded} (a node and an engine in this process), then one package a
 * command, then {@code main}.
 */
@NullMarked
package dev.aquifer.cli;

import org.jspecify.annotations.NullMarked;
