/**
 * The pages of a column chunk: codecs, levels and encodings, decoded in tight loops straight into the arrays of a
 * {@link dev.aquifer.spi.batch.Column}, one stripe at a time. May use {@code format} and the SPI's types and batches. It
 * must not know about files; what is wrong with a page is told by the exceptions of {@code format}.
 *
 * <p>Nothing here trusts a page. Every length is checked before it is used, nothing is allocated by a count that the page
 * only claims, and every loop consumes bytes or fills rows. Page buffers are longer than their pages by
 * {@link dev.aquifer.lake.page.Cursor#PADDING} bytes, so that values can be loaded a word at a time up to the end.
 */
@NullMarked
package dev.aquifer.lake.page;

import org.jspecify.annotations.NullMarked;
