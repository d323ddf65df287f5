package dev.aquifer.engine.catalog;

import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * A table at one moment: its files with their versions, and the schema over them. Immutable.
 *
 * @param columns in the order of the first file, columns that only later files have after them, partition columns last
 */
public record TableSnapshot(String name, String location, List<TableColumn> columns, List<DataFile> files) {
    public TableSnapshot {
        columns = List.copyOf(columns);
        files = List.copyOf(files);
    }

    public long rows() {
        return files.stream().mapToLong(file -> file.footer().rows()).sum();
    }

    /** The columns that can be used. */
    public List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (TableColumn column : columns) {
            if (column.type() != null) {
                fields.add(new Field(column.name(), column.type()));
            }
        }
        return fields;
    }

    /** What the table is made of; equal lists give equal rows. */
    public List<ObjectVersion> versions() {
        return files.stream().map(DataFile::object).toList();
    }
}
