/**
 * Primitives as loops over vectors of 1,024 rows, one class a family. May use the SPI, the scalar truths of its
 * {@code reference} package among it. Nothing here knows what becomes of the rows that pass.
 *
 * <p>A {@link dev.aquifer.cpu.vector.Frame} holds a program's registers for the rows of one vector, or for some of them
 * moved together; a {@link dev.aquifer.cpu.vector.Scan} filters the vectors of a stripe, on encoded values where it can.
 */
@NullMarked
package dev.aquifer.cpu.vector;

import org.jspecify.annotations.NullMarked;
