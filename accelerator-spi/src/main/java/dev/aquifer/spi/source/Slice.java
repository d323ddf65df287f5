package dev.aquifer.spi.source;

import java.util.List;

/**
 * One row group of one Parquet file: the unit that is given to a node and hydrated as a whole. Its rows are cut into
 * stripes of 65,536, the last one shorter.
 *
 * @param object the file, as the engine saw it when it planned
 * @param rowGroup the row group's number in the file, from 0
 * @param start first byte of the row group in the file
 * @param length its bytes, for clients that think in byte ranges
 * @param rows its rows
 * @param firstOrdinal the ordinal of its first stripe in the table; the others follow
 * @param partitions values that the path tells
 */
public record Slice(
        ObjectVersion object,
        int rowGroup,
        long start,
        long length,
        long rows,
        long firstOrdinal,
        List<PartitionValue> partitions) {
    public Slice {
        partitions = List.copyOf(partitions);
    }
}
