package dev.aquifer.spi.compile;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.TypeKind;
import java.util.List;

/** Which operations can fail for some values; only those need a mask. */
public final class Failures {
    private Failures() {}

    /** Whether evaluating an expression can fail. */
    public static boolean possible(Expr expr) {
        if (!(expr instanceof Expr.Call call)) {
            return false;
        }
        if (call.args().stream().anyMatch(Failures::possible)) {
            return true;
        }
        if (call.function() == Function.CASE || call.function() == Function.COALESCE) {
            return false;
        }
        return possible(
                FunctionLowering.primitive(call.function()),
                call.args().stream().map(Expr::type).toList(),
                call.type());
    }

    /** Whether an operation over arguments of these types can fail. */
    static boolean possible(Primitive primitive, List<DataType> args, DataType result) {
        return switch (primitive.family()) {
            case INPUT, COMPARE, LOGIC, SEARCH, CHOICE -> false;
            case ARITHMETIC -> true;
            case CAST -> castCanFail(args.getFirst(), result);
            case TIME -> addsTime(primitive);
            case TEXT -> primitive == Primitive.SUBSTRING && args.size() == 3;
        };
    }

    private static boolean addsTime(Primitive primitive) {
        return primitive == Primitive.ADD_DAYS
                || primitive == Primitive.ADD_MONTHS
                || primitive == Primitive.ADD_MICROS
                || primitive == Primitive.MICROS_BETWEEN
                || primitive.name().startsWith("TRUNCATE_");
    }

    private static boolean castCanFail(DataType from, DataType to) {
        if (from.equals(to) || to.kind() == TypeKind.VARCHAR || to.kind() == TypeKind.BOOLEAN && from.isInteger()) {
            return false;
        }
        if (from.isInteger() && to.isInteger()) {
            return from.kind().compareTo(to.kind()) > 0;
        }
        if (from.isInteger() && to.isDecimal()) {
            return to.precision() - to.scale() < digits(from);
        }
        if (from.isDecimal() && to.isDecimal()) {
            boolean rounds = to.scale() < from.scale();
            return to.precision() - to.scale() < from.precision() - from.scale() + (rounds ? 1 : 0);
        }
        if (to.kind() == TypeKind.FLOAT64) {
            return from.kind() == TypeKind.VARCHAR;
        }
        return !(from.kind() == TypeKind.BOOLEAN || from.isInteger() && to.isFloat());
    }

    private static int digits(DataType integer) {
        return switch (integer.kind()) {
            case INT8 -> 3;
            case INT16 -> 5;
            case INT32 -> 10;
            case INT64 -> 19;
            case BOOLEAN, DECIMAL, FLOAT32, FLOAT64, DATE, TIMESTAMP, VARCHAR, BINARY ->
                throw new IllegalArgumentException(integer + " is not an integer");
        };
    }
}
