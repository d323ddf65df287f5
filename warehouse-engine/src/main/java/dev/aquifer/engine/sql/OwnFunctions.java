package dev.aquifer.engine.sql;

import dev.aquifer.spi.type.DataType;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.util.SqlOperatorTables;

/** Functions that Calcite does not have, or has with other types than PostgreSQL. */
public final class OwnFunctions {
    /** (text unit, date or timestamp): the start of the unit. A DATE stays a DATE. */
    public static final SqlFunction DATE_TRUNC = SqlBasicFunction.create(
                    "DATE_TRUNC",
                    ReturnTypes.ARG1_NULLABLE,
                    OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME))
            .withFunctionType(SqlFunctionCategory.TIMEDATE);

    /** (text unit, date or timestamp): as EXTRACT. */
    public static final SqlFunction DATE_PART = SqlBasicFunction.create(
                    "DATE_PART",
                    ReturnTypes.BIGINT_NULLABLE,
                    OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME))
            .withFunctionType(SqlFunctionCategory.TIMEDATE);

    /** Code points of a text. */
    public static final SqlFunction LENGTH = SqlBasicFunction.create(
                    "LENGTH", ReturnTypes.INTEGER_NULLABLE, OperandTypes.CHARACTER)
            .withFunctionType(SqlFunctionCategory.STRING);

    /** The square root as FLOAT64; Calcite's own becomes POWER, whose result may differ in the last bit. */
    public static final SqlFunction SQRT = SqlBasicFunction.create(
                    "SQRT", ReturnTypes.DOUBLE_NULLABLE, OperandTypes.NUMERIC)
            .withFunctionType(SqlFunctionCategory.NUMERIC)
            .withKind(SqlKind.OTHER);

    /** (number[, digits]): a DECIMAL keeps that many digits after the point, as in PostgreSQL. */
    public static final SqlFunction ROUND = SqlBasicFunction.create(
                    "ROUND",
                    OwnFunctions::roundType,
                    OperandTypes.NUMERIC.or(OperandTypes.family(List.of(SqlTypeFamily.NUMERIC, SqlTypeFamily.INTEGER))))
            .withFunctionType(SqlFunctionCategory.NUMERIC)
            .withKind(SqlKind.OTHER);

    /** (text, from[, length]) as SUBSTRING. */
    public static final SqlFunction SUBSTR = SqlBasicFunction.create(
                    "SUBSTR",
                    ReturnTypes.VARCHAR.andThen(SqlTypeTransforms.TO_NULLABLE),
                    OperandTypes.family(
                            List.of(SqlTypeFamily.CHARACTER, SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER),
                            i -> i == 2))
            .withFunctionType(SqlFunctionCategory.STRING);

    /** A text itself, which the planner must not compare; no query can say it. See {@link TextRexBuilder}. */
    public static final SqlFunction TEXT = SqlBasicFunction.create("TEXT", ReturnTypes.ARG0, OperandTypes.CHARACTER)
            .withFunctionType(SqlFunctionCategory.STRING);

    /** (interval, microseconds): an interval and a rest; see {@link FineIntervals}. No query can call it by this name. */
    public static final SqlFunction FINE_INTERVAL = SqlBasicFunction.create(
                    "FINE INTERVAL",
                    ReturnTypes.ARG0,
                    OperandTypes.family(SqlTypeFamily.DATETIME_INTERVAL, SqlTypeFamily.INTEGER))
            .withFunctionType(SqlFunctionCategory.TIMEDATE);

    /** (date): days since 1970; see {@link DateArithmetic}. No query can call it by this name. */
    static final SqlFunction DATE_DAYS = SqlBasicFunction.create(
                    "DATE DAYS", ReturnTypes.INTEGER_NULLABLE, OperandTypes.DATE)
            .withFunctionType(SqlFunctionCategory.TIMEDATE);

    /** The time at which the query was planned, as CURRENT_TIMESTAMP. */
    public static final SqlFunction NOW = SqlBasicFunction.create(
                    "NOW",
                    ReturnTypes.explicit(SqlTypeName.TIMESTAMP, AquiferTypeSystem.TIMESTAMP_PRECISION),
                    OperandTypes.NILADIC)
            .withFunctionType(SqlFunctionCategory.TIMEDATE)
            .withDynamic(true);

    /** (text, regular expression[, flags]): whether a part matches. Queries say it by operators: {@link RegexOperators}. */
    static final SqlFunction REGEX = SqlBasicFunction.create(
                    "~", ReturnTypes.BOOLEAN_NULLABLE, OperandTypes.STRING_STRING_OPTIONAL_STRING)
            .withFunctionType(SqlFunctionCategory.STRING);

    static final SqlOperatorTable TABLE = SqlOperatorTables.of(
            DATE_TRUNC, DATE_PART, LENGTH, SQRT, ROUND, SUBSTR, NOW, FINE_INTERVAL, DATE_DAYS, REGEX);

    private OwnFunctions() {}

    /** Whether an operator asks for a match of a regular expression. */
    public static boolean isRegex(SqlOperator operator) {
        return operator.equals(REGEX) || operator.equals(SqlLibraryOperators.REGEXP_LIKE);
    }

    private static RelDataType roundType(SqlOperatorBinding call) {
        RelDataType value = call.getOperandType(0);
        DataType type = SqlTypes.fromSql(value);
        if (type == null || !type.isDecimal()) {
            return value;
        }
        boolean constant = call.getOperandCount() > 1 && call.isOperandLiteral(1, false);
        Integer asked = constant ? call.getOperandLiteralValue(1, Integer.class) : null;
        int digits = call.getOperandCount() == 1 ? 0 : asked == null ? type.scale() : asked;
        int scale = Math.max(0, Math.min(digits, type.scale()));
        // Rounding up may need one digit more before the point.
        int precision = Math.min(DataType.MAX_PRECISION, type.precision() - type.scale() + scale + 1);
        RelDataType rounded = SqlTypes.toSql(DataType.decimal(precision, scale), call.getTypeFactory());
        return call.getTypeFactory().createTypeWithNullability(rounded, value.isNullable());
    }
}
