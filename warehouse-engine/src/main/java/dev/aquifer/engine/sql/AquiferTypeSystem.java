package dev.aquifer.engine.sql;

import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.expr.Typing;
import dev.aquifer.spi.type.DataType;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** The limits and derived types of SQL; those of expressions are {@link Typing}'s, so that planning and running agree. */
public final class AquiferTypeSystem extends RelDataTypeSystemImpl {
    public static final int TIMESTAMP_PRECISION = 6;
    /** DECIMAL without digits: PostgreSQL's is unbounded; this keeps ten digits after the point. */
    private static final int DEFAULT_DECIMAL_SCALE = 10;

    @Override
    public int getMaxPrecision(SqlTypeName typeName) {
        return switch (typeName) {
            case DECIMAL -> DataType.MAX_PRECISION;
            case TIMESTAMP -> TIMESTAMP_PRECISION;
            default -> super.getMaxPrecision(typeName);
        };
    }

    @Override
    public int getMaxScale(SqlTypeName typeName) {
        return typeName == SqlTypeName.DECIMAL ? DataType.MAX_PRECISION : super.getMaxScale(typeName);
    }

    @Override
    public int getDefaultPrecision(SqlTypeName typeName) {
        return switch (typeName) {
            case DECIMAL -> DataType.MAX_PRECISION;
            case TIMESTAMP -> TIMESTAMP_PRECISION;
            default -> super.getDefaultPrecision(typeName);
        };
    }

    @Override
    public int getDefaultScale(SqlTypeName typeName) {
        return typeName == SqlTypeName.DECIMAL ? DEFAULT_DECIMAL_SCALE : super.getDefaultScale(typeName);
    }

    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
        return true;
    }

    @Override
    public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
        DataType type = SqlTypes.fromSql(argument);
        return type == null || !type.isNumeric()
                ? super.deriveSumType(factory, argument)
                : sql(factory, Typing.sumType(type), argument.isNullable());
    }

    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
        DataType type = SqlTypes.fromSql(argument);
        return type == null || !type.isNumeric()
                ? super.deriveAvgAggType(factory, argument)
                : sql(factory, Typing.averageType(type), argument.isNullable());
    }

    @Override
    public @Nullable RelDataType deriveDecimalPlusType(
            RelDataTypeFactory factory, RelDataType left, RelDataType right) {
        return derive(factory, Function.ADD, left, right);
    }

    @Override
    public @Nullable RelDataType deriveDecimalMultiplyType(
            RelDataTypeFactory factory, RelDataType left, RelDataType right) {
        return derive(factory, Function.MULTIPLY, left, right);
    }

    @Override
    public @Nullable RelDataType deriveDecimalDivideType(
            RelDataTypeFactory factory, RelDataType left, RelDataType right) {
        return derive(factory, Function.DIVIDE, left, right);
    }

    @Override
    public @Nullable RelDataType deriveDecimalModType(RelDataTypeFactory factory, RelDataType left, RelDataType right) {
        return derive(factory, Function.MODULO, left, right);
    }

    private static @Nullable RelDataType derive(
            RelDataTypeFactory factory, Function function, RelDataType left, RelDataType right) {
        DataType l = SqlTypes.fromSql(left);
        DataType r = SqlTypes.fromSql(right);
        if (l == null || r == null || !(l.isDecimal() || r.isDecimal())) {
            return null;
        }
        DataType leftDecimal = NumericTypes.asDecimal(l);
        DataType rightDecimal = NumericTypes.asDecimal(r);
        return leftDecimal == null || rightDecimal == null
                ? null
                : sql(factory, Typing.resultType(function, List.of(leftDecimal, rightDecimal)), false);
    }

    private static RelDataType sql(RelDataTypeFactory factory, DataType type, boolean nullable) {
        return factory.createTypeWithNullability(SqlTypes.toSql(type, factory), nullable);
    }
}
