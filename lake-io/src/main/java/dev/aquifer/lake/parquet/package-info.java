/**
 * Parquet files as their readers see them: footers with columns and statistics, column chunks as decoded columns. May use
 * {@code object}, {@code format}, {@code page} and the SPI's types, batches and zone maps. It must not know who reads, or
 * keep anything beyond the bounded {@link dev.aquifer.lake.parquet.FooterCache}.
 */
@NullMarked
package dev.aquifer.lake.parquet;

import org.jspecify.annotations.NullMarked;
