/**
 * Blocks: one column of one stripe, encoded, as a contiguous run of bytes with a header, a zone map and a checksum. May
 * use {@code error}, {@code type} and {@code batch}. Where blocks are kept, and when, is the node's business.
 *
 * <p>{@link dev.aquifer.spi.block.BlockDescriptor} has the byte offsets, {@link dev.aquifer.spi.block.Encoding} the
 * encodings, {@link dev.aquifer.spi.block.Packing} the interleaved bit packing.
 */
@NullMarked
package dev.aquifer.spi.block;

import org.jspecify.annotations.NullMarked;
