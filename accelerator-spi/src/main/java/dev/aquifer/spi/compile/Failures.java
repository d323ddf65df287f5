package dev.aquifer.spi.compile;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.TypeKind;
import java.util.List;

/** Which operations can fail for some values: those need a mask, and no device may run them for rows that do not need them. */
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

    /** Whether an operation over arguments of these types can fail; a yes may be too careful. */
    public static boolean possible(Primitive primitive, List<DataType> args, DataType result) {
        return switch (primitive.family()) {
            case INPUT, COMPARE, LOGIC, SEARCH, CHOICE -> false;
            case ARITHMETIC -> true;
            case CAST -> castCanFail(args.getFirst(), result);
            case TIME_PART -> false;
            case TIME -> primitive != Primitive.DAYS_BETWEEN;
            case TEXT ->
                primitive == Primitive.SUBSTRING && args.size() == 3
                        // A text may become longer than texts can be.
                        || primitive == Primitive.CONCAT
                        || primitive == Primitive.REPLACE;
        };
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
