/**
 * Batches as Arrow: record batches of an IPC stream between node and engine, vectors for SQL clients. May use {@code
 * spi.batch}, {@code spi.type}, {@code spi.error} and Arrow. How the bytes travel is not known here.
 *
 * <p>IPC is written and read between Java arrays and bytes, without Arrow's allocator: what a node sends is checked like any
 * input, and nothing needs to be released. Vectors belong to their caller's allocator.
 */
@NullMarked
package dev.aquifer.protocol.arrow;

import org.jspecify.annotations.NullMarked;
