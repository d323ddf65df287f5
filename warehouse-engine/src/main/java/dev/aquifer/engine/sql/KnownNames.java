package dev.aquifer.engine.sql;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a message can propose.
 *
 * @param tables tables of the catalog
 * @param columns usable columns of the query's tables
 * @param unsupportedColumns reasons by name of columns that cannot be used
 */
record KnownNames(List<String> tables, List<String> columns, Map<String, String> unsupportedColumns) {
    List<String> functions() {
        return Operators.INSTANCE.getOperatorList().stream()
                .map(operator -> operator.getName().toLowerCase(java.util.Locale.ROOT))
                .filter(name -> name.matches("[a-z][a-z0-9_]*"))
                .toList();
    }

    @Nullable
    String unsupported(String column) {
        for (Map.Entry<String, String> entry : unsupportedColumns.entrySet()) {
            if (entry.getKey().equalsIgnoreCase(column)) {
                return entry.getValue();
            }
        }
        return null;
    }
}
