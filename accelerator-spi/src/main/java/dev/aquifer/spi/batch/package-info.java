/**
 * Decoded columns in Java arrays: what Parquet decoding produces, what block encoding consumes, what devices return,
 * and what travels as Arrow. May use {@code error} and {@code type}. Nothing here knows of blocks, files or transports.
 *
 * <p>Columns are handed over, not copied: an array passed to a constructor belongs to the column from then on.
 */
@NullMarked
package dev.aquifer.spi.batch;

import org.jspecify.annotations.NullMarked;
