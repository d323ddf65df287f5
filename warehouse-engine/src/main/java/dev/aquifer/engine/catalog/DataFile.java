package dev.aquifer.engine.catalog;

import dev.aquifer.lake.parquet.ParquetFooter;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.source.PartitionValue;
import java.util.List;

/** One file of a table, as it was when the table was looked up. */
public record DataFile(ObjectVersion object, ParquetFooter footer, List<PartitionValue> partitions) {
    public DataFile {
        partitions = List.copyOf(partitions);
    }
}
