package dev.aquifer.engine.catalog;

import dev.aquifer.lake.parquet.LakeColumn;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.PartitionValue;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One schema over files of different ages: a missing column is null, a type widens where no value is lost. */
final class SchemaMerge {
    private SchemaMerge() {}

    static List<TableColumn> merge(String table, List<DataFile> files) {
        Map<String, TableColumn> merged = new LinkedHashMap<>();
        Map<String, TableColumn> partitions = new LinkedHashMap<>();
        for (DataFile file : files) {
            for (PartitionValue partition : file.partitions()) {
                // The loader of paths gives one type to a partition column over all files.
                partitions.put(partition.column(), new TableColumn(partition.column(), partition.type(), ""));
            }
        }
        for (DataFile file : files) {
            for (LakeColumn column : file.footer().columns()) {
                if (partitions.containsKey(column.name())) {
                    continue;
                }
                TableColumn seen = merged.get(column.name());
                TableColumn next = new TableColumn(column.name(), column.type(), column.unsupportedReason());
                merged.put(column.name(), seen == null ? next : merge(table, file, seen, next));
            }
        }
        List<TableColumn> columns = new ArrayList<>(merged.values());
        columns.addAll(partitions.values());
        return columns;
    }

    private static TableColumn merge(String table, DataFile file, TableColumn seen, TableColumn next) {
        DataType left = seen.type();
        DataType right = next.type();
        if (left == null || right == null) {
            return left == null ? seen : next;
        }
        DataType wider = wider(left, right);
        if (wider == null) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED_FILE,
                    "table " + table + ": column " + seen.name() + " is " + right + " in "
                            + file.object().uri() + " and " + left + " in files before it; no type holds both");
        }
        return new TableColumn(seen.name(), wider, "");
    }

    /** The type that holds every value of both, as nodes widen, or null. */
    private static @Nullable DataType wider(DataType left, DataType right) {
        if (left.equals(right)) {
            return left;
        }
        if (left.isInteger() && right.isInteger() || left.isFloat() && right.isFloat()) {
            return left.kind().compareTo(right.kind()) > 0 ? left : right;
        }
        if (left.isDecimal() && right.isDecimal() && left.scale() == right.scale()) {
            return left.precision() > right.precision() ? left : right;
        }
        return null;
    }
}
