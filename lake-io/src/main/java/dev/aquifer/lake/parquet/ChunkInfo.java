package dev.aquifer.lake.parquet;

import dev.aquifer.spi.block.ZoneMap;
import org.jspecify.annotations.Nullable;

/**
 * One top-level column of one row group.
 *
 * @param compressedBytes its bytes in the file; of a nested column, all its leaves together
 * @param uncompressedBytes the bytes of its pages once decompressed, still encoded
 * @param zoneMap what the file's statistics say; null where the column is not supported
 */
public record ChunkInfo(
        long compressedBytes,
        long uncompressedBytes,
        @Nullable ZoneMap zoneMap) {}
