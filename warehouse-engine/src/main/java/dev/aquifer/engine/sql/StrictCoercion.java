package dev.aquifer.engine.sql;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;
import org.jspecify.annotations.Nullable;

/**
 * Which types become others without being asked to: numbers other numbers, dates timestamps, and texts that are written in the
 * query whatever they are compared with. All else is an error, as in PostgreSQL, where Calcite would cast in silence.
 */
final class StrictCoercion extends TypeCoercionImpl {
    StrictCoercion(RelDataTypeFactory factory, SqlValidator validator) {
        super(factory, validator);
    }

    /** Types that become one another. */
    private enum Kind {
        TEXT,
        NUMBER,
        TIME,
        BOOLEAN,
        NULL,
        OTHER
    }

    private static Kind kind(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case CHAR, VARCHAR -> Kind.TEXT;
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, FLOAT, DOUBLE -> Kind.NUMBER;
            case DATE, TIMESTAMP -> Kind.TIME;
            case BOOLEAN -> Kind.BOOLEAN;
            case NULL -> Kind.NULL;
            default -> Kind.OTHER;
        };
    }

    private static boolean meet(RelDataType left, RelDataType right) {
        Kind l = kind(left);
        Kind r = kind(right);
        return l == r || l == Kind.NULL || r == Kind.NULL || l == Kind.OTHER || r == Kind.OTHER;
    }

    @Override
    public @Nullable RelDataType implicitCast(RelDataType in, SqlTypeFamily expected) {
        RelDataType out = super.implicitCast(in, expected);
        return out == null || !meet(in, out) ? null : out;
    }

    @Override
    public boolean binaryComparisonCoercion(SqlCallBinding binding) {
        return meetAsWritten(binding) && super.binaryComparisonCoercion(binding);
    }

    @Override
    public boolean binaryArithmeticCoercion(SqlCallBinding binding) {
        DateArithmetic.rewrite(binding);
        return meetAsWritten(binding) && super.binaryArithmeticCoercion(binding);
    }

    /** Whether all operands are of one kind, but for texts that the query writes out. */
    private static boolean meetAsWritten(SqlCallBinding binding) {
        RelDataType first = null;
        for (int i = 0; i < binding.getOperandCount(); i++) {
            SqlNode operand = binding.operand(i);
            RelDataType type = binding.getOperandType(i);
            boolean written = operand instanceof SqlLiteral || operand instanceof SqlDynamicParam;
            if (written && kind(type) == Kind.TEXT || type.getSqlTypeName() == SqlTypeName.SYMBOL) {
                continue;
            }
            if (first == null) {
                first = type;
            } else if (!meet(first, type)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public @Nullable RelDataType getWiderTypeForTwo(
            @Nullable RelDataType left, @Nullable RelDataType right, boolean stringPromotion) {
        return left == null || right == null || !meet(left, right)
                ? null
                : super.getWiderTypeForTwo(left, right, false);
    }

    @Override
    public @Nullable RelDataType getWiderTypeFor(List<RelDataType> types, boolean stringPromotion) {
        RelDataType known = null;
        for (RelDataType type : types) {
            if (known != null && !meet(known, type)) {
                return null;
            }
            known = kind(type) == Kind.NULL ? known : type;
        }
        return super.getWiderTypeFor(types, false);
    }
}
