package dev.aquifer.engine.sql;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Our types as Calcite's, and back. */
public final class SqlTypes {
    private SqlTypes() {}

    /** The nullable SQL type of a column. */
    public static RelDataType toSql(DataType type, RelDataTypeFactory factory) {
        RelDataType sql = switch (type.kind()) {
            case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
            case INT8 -> factory.createSqlType(SqlTypeName.TINYINT);
            case INT16 -> factory.createSqlType(SqlTypeName.SMALLINT);
            case INT32 -> factory.createSqlType(SqlTypeName.INTEGER);
            case INT64 -> factory.createSqlType(SqlTypeName.BIGINT);
            case DECIMAL -> factory.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
            case FLOAT32 -> factory.createSqlType(SqlTypeName.REAL);
            case FLOAT64 -> factory.createSqlType(SqlTypeName.DOUBLE);
            case DATE -> factory.createSqlType(SqlTypeName.DATE);
            case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, AquiferTypeSystem.TIMESTAMP_PRECISION);
            case VARCHAR -> factory.createSqlType(SqlTypeName.VARCHAR);
            case BINARY -> factory.createSqlType(SqlTypeName.VARBINARY);
        };
        return factory.createTypeWithNullability(sql, true);
    }

    /** Our type of a SQL type, or null where we have none (intervals, rows, arrays). */
    public static @Nullable DataType fromSql(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> DataType.BOOLEAN;
            case TINYINT -> DataType.INT8;
            case SMALLINT -> DataType.INT16;
            case INTEGER -> DataType.INT32;
            case BIGINT -> DataType.INT64;
            case DECIMAL -> decimal(type);
            case REAL -> DataType.FLOAT32;
            case FLOAT, DOUBLE -> DataType.FLOAT64;
            case DATE -> DataType.DATE;
            case TIMESTAMP -> DataType.TIMESTAMP;
            // A bare NULL is a text in PostgreSQL too.
            case CHAR, VARCHAR, NULL -> DataType.VARCHAR;
            default -> null;
        };
    }

    private static @Nullable DataType decimal(RelDataType type) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        return precision < 1 || precision > DataType.MAX_PRECISION || scale < 0 || scale > precision
                ? null
                : DataType.decimal(precision, scale);
    }

    /** @throws AquiferException UNSUPPORTED where {@link #fromSql} has no type */
    public static DataType require(RelDataType type) {
        DataType ours = fromSql(type);
        if (ours == null) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED, "values of type " + type.getFullTypeString() + " are not supported");
        }
        return ours;
    }
}
