/**
 * An engine and, where none is given, a node in this process, and the folder that the node keeps. May use {@code config}, the
 * engine's {@code session} and the node's {@code server}.
 */
@NullMarked
package dev.aquifer.cli.local;

import org.jspecify.annotations.NullMarked;
