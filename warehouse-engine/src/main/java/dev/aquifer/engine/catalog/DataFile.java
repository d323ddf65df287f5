package dev.aquifer.engine.catalog;

import dev.aquifer.lake.parquet.ParquetFooter;
import dev.aquifer.lake.parquet.RowGroup;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.source.PartitionValue;
import dev.aquifer.spi.source.Slice;
import java.util.List;

/** One file of a table, as it was when the table was looked up. */
public record DataFile(ObjectVersion object, ParquetFooter footer, List<PartitionValue> partitions) {
    public DataFile {
        partitions = List.copyOf(partitions);
    }

    /**
     * What a node is asked to read for a row group.
     *
     * @param ordinal that of the row group's first stripe in the table
     */
    public Slice slice(RowGroup group, long ordinal) {
        return new Slice(object, group.index(), group.start(), group.length(), group.rows(), ordinal, partitions);
    }
}
