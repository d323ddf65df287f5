package dev.aquifer.engine.server;

import dev.aquifer.spi.type.TypeKind;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * What JDBC's type information says of a SQL type.
 *
 * @param sqlName as DDL spells it
 * @param jdbcType the constant of {@link Types}, which is also Flight SQL's
 * @param size digits, characters or bytes
 * @param quote what literals stand between, or null
 * @param radix the base in which {@code size} counts digits, or null for what is no number
 */
record SqlType(
        String sqlName,
        int jdbcType,
        int size,
        @Nullable String quote,
        @Nullable Integer radix) {
    static SqlType of(TypeKind kind) {
        return switch (kind) {
            case BOOLEAN -> new SqlType("BOOLEAN", Types.BOOLEAN, 1, null, null);
            case INT8 -> new SqlType("TINYINT", Types.TINYINT, 3, null, 10);
            case INT16 -> new SqlType("SMALLINT", Types.SMALLINT, 5, null, 10);
            case INT32 -> new SqlType("INTEGER", Types.INTEGER, 10, null, 10);
            case INT64 -> new SqlType("BIGINT", Types.BIGINT, 19, null, 10);
            case DECIMAL -> new SqlType("DECIMAL", Types.DECIMAL, 38, null, 10);
            case FLOAT32 -> new SqlType("REAL", Types.REAL, 24, null, 2);
            case FLOAT64 -> new SqlType("DOUBLE", Types.DOUBLE, 53, null, 2);
            case DATE -> new SqlType("DATE", Types.DATE, 10, "'", null);
            case TIMESTAMP -> new SqlType("TIMESTAMP", Types.TIMESTAMP, 26, "'", null);
            case VARCHAR -> new SqlType("VARCHAR", Types.VARCHAR, Integer.MAX_VALUE, "'", null);
            case BINARY -> new SqlType("VARBINARY", Types.VARBINARY, Integer.MAX_VALUE, "'", null);
        };
    }

    boolean isText() {
        return jdbcType == Types.VARCHAR;
    }
}
