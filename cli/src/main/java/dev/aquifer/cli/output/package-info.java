/**
 * How results, sizes and errors are written. May use {@code spi} only. It must not know where results come from, nor write
 * anything but data to standard output.
 */
@NullMarked
package dev.aquifer.cli.output;

import org.jspecify.annotations.NullMarked;
