package dev.aquifer.engine.session;

import dev.aquifer.engine.catalog.Catalog;
import dev.aquifer.engine.catalog.TableColumn;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** SHOW TABLES and DESCRIBE. */
final class CatalogQueries {
    private CatalogQueries() {}

    static PreparedQuery tables(SessionCatalog catalog) {
        return new Listing(List.of("table_name"), () -> {
            List<List<String>> rows = new ArrayList<>();
            catalog.tables(Catalog.SCHEMA).forEach(name -> rows.add(List.of(name)));
            return rows;
        });
    }

    static PreparedQuery columns(SessionCatalog catalog, String table) {
        return new Listing(List.of("column_name", "data_type", "unsupported"), () -> {
            List<List<String>> rows = new ArrayList<>();
            for (TableColumn column : catalog.table(Catalog.SCHEMA, table).columns()) {
                String type = column.type() == null ? "" : column.type().toString();
                rows.add(List.of(column.name(), type, column.unsupportedReason()));
            }
            return rows;
        });
    }

    private record Listing(List<String> names, Supplier<List<List<String>>> rows) implements PreparedQuery {
        @Override
        public List<Field> columns() {
            return names.stream().map(name -> new Field(name, DataType.VARCHAR)).toList();
        }

        @Override
        public List<DataType> parameterTypes() {
            return List.of();
        }

        @Override
        public QueryResult execute(List<? extends @Nullable Object> parameters) {
            if (!parameters.isEmpty()) {
                throw new AquiferException(ErrorCode.INVALID_ARGUMENT, "this statement has no parameters");
            }
            List<List<String>> texts = rows.get();
            List<Column> columns = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                int place = i;
                columns.add(ColumnBuilder.of(
                        DataType.VARCHAR,
                        texts.stream().map(row -> Bytes.utf8(row.get(place))).toList()));
            }
            return Rows.of(columns(), new Batch(texts.size(), columns));
        }
    }
}
