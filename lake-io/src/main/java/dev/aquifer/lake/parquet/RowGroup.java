package dev.aquifer.lake.parquet;

import dev.aquifer.spi.block.Stripes;
import java.util.List;

/**
 * One row group of a Parquet file.
 *
 * @param index its number in the file, from 0
 * @param rows its rows, at least 1 unless the file says otherwise
 * @param start first byte of its column chunks in the file
 * @param length bytes from there to the end of the last chunk
 * @param chunks one for each of {@link ParquetFooter#columns()}, in that order
 */
public record RowGroup(int index, long rows, long start, long length, List<ChunkInfo> chunks) {
    public RowGroup {
        chunks = List.copyOf(chunks);
    }

    /** Stripes that its rows make: all of 65,536 rows but the last. */
    public int stripes() {
        return Math.toIntExact(Stripes.count(rows));
    }
}
