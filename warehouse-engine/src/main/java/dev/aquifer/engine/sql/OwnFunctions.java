package dev.aquifer.engine.sql;

import java.util.List;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
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
                    "LENGTH", ReturnTypes.BIGINT_NULLABLE, OperandTypes.CHARACTER)
            .withFunctionType(SqlFunctionCategory.STRING);

    /** The square root as FLOAT64; Calcite's own becomes POWER, whose result may differ in the last bit. */
    public static final SqlFunction SQRT = SqlBasicFunction.create(
                    "SQRT", ReturnTypes.DOUBLE_NULLABLE, OperandTypes.NUMERIC)
            .withFunctionType(SqlFunctionCategory.NUMERIC);

    /** (text, from[, length]) as SUBSTRING. */
    public static final SqlFunction SUBSTR = SqlBasicFunction.create(
                    "SUBSTR",
                    ReturnTypes.VARCHAR.andThen(SqlTypeTransforms.TO_NULLABLE),
                    OperandTypes.family(
                            List.of(SqlTypeFamily.CHARACTER, SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER),
                            i -> i == 2))
            .withFunctionType(SqlFunctionCategory.STRING);

    static final SqlOperatorTable TABLE = SqlOperatorTables.of(DATE_TRUNC, DATE_PART, LENGTH, SQRT, SUBSTR);

    private OwnFunctions() {}
}
