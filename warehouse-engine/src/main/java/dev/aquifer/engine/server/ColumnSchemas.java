package dev.aquifer.engine.server;

import dev.aquifer.engine.catalog.TableColumn;
import dev.aquifer.engine.session.TableInfo;
import dev.aquifer.protocol.arrow.ArrowBatches;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flight.sql.FlightSqlColumnMetadata;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Columns with what JDBC asks beyond their Arrow type. */
final class ColumnSchemas {
    private ColumnSchemas() {}

    /** The schema of a result. */
    static Schema ofResult(List<dev.aquifer.spi.type.Field> columns) {
        List<Field> fields = new ArrayList<>(columns.size());
        for (dev.aquifer.spi.type.Field column : columns) {
            fields.add(field(column.name(), column.type(), metadata(column.type())));
        }
        return new Schema(fields);
    }

    /** The schema of a table. A column that cannot be used has the null type, and the reason as remark. */
    static Schema ofTable(TableInfo table) {
        List<Field> fields = new ArrayList<>(table.columns().size());
        for (TableColumn column : table.columns()) {
            DataType type = column.type();
            FlightSqlColumnMetadata.Builder metadata = type == null
                    ? new FlightSqlColumnMetadata.Builder()
                            .typeName("UNSUPPORTED")
                            .remarks("not usable: " + column.unsupportedReason())
                    : metadata(type);
            metadata.catalogName(Metadata.CATALOG).schemaName(table.schema()).tableName(table.name());
            fields.add(field(column.name(), type, metadata));
        }
        return new Schema(fields);
    }

    private static Field field(
            String name, @org.jspecify.annotations.Nullable DataType type, FlightSqlColumnMetadata.Builder metadata) {
        ArrowType arrow = type == null
                ? ArrowType.Null.INSTANCE
                : ArrowBatches.schema(List.of(new dev.aquifer.spi.type.Field(name, type)))
                        .getFields()
                        .getFirst()
                        .getType();
        return new Field(name, new FieldType(true, arrow, null, metadata.build().getMetadataMap()), null);
    }

    private static FlightSqlColumnMetadata.Builder metadata(DataType type) {
        SqlType sql = SqlType.of(type.kind());
        FlightSqlColumnMetadata.Builder metadata = new FlightSqlColumnMetadata.Builder()
                .typeName(sql.sqlName())
                .isAutoIncrement(false)
                .isCaseSensitive(sql.isText())
                .isReadOnly(true)
                .isSearchable(true);
        if (type.isDecimal()) {
            metadata.precision(type.precision()).scale(type.scale());
        }
        return metadata;
    }
}
