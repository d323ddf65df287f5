/**
 * {@code aquifer node}: an accelerator node as a process. May use {@code local}, {@code config} and the node's {@code server}.
 */
@NullMarked
package dev.aquifer.cli.node;

import org.jspecify.annotations.NullMarked;
