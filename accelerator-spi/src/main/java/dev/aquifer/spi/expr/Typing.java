package dev.aquifer.spi.expr;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.TypeKind;
import java.util.List;

/** The types of expressions: what a function gives for argument types, and which arguments it takes. */
public final class Typing {
    /** The least scale of a quotient while 38 digits allow it, as PostgreSQL's 16 significant digits. */
    private static final int MIN_QUOTIENT_SCALE = 16;

    private Typing() {}

    /**
     * The type of a call. For CAST there is none to derive: see {@link Expr#cast}.
     *
     * @throws AquiferException TYPE_MISMATCH if the function does not take these arguments
     */
    public static DataType resultType(Function function, List<DataType> args) {
        return switch (function) {
            case EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM -> {
                require(function, args, args.size() == 2 && args.get(0).equals(args.get(1)));
                yield DataType.BOOLEAN;
            }
            case AND, OR -> {
                require(function, args, args.size() >= 2 && all(args, DataType.BOOLEAN));
                yield DataType.BOOLEAN;
            }
            case NOT, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> {
                require(function, args, args.size() == 1 && all(args, DataType.BOOLEAN));
                yield DataType.BOOLEAN;
            }
            case IS_NULL, IS_NOT_NULL -> {
                require(function, args, args.size() == 1);
                yield DataType.BOOLEAN;
            }
            case IN -> {
                require(function, args, args.size() >= 2 && all(args, args.getFirst()));
                yield DataType.BOOLEAN;
            }
            case LIKE, ILIKE, SIMILAR_TO, REGEXP_LIKE -> {
                require(function, args, (args.size() == 2 || args.size() == 3) && all(args, DataType.VARCHAR));
                yield DataType.BOOLEAN;
            }
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO -> {
                require(function, args, args.size() == 2 && args.get(0).isNumeric());
                DataType left = args.get(0);
                DataType right = args.get(1);
                if (left.isDecimal() && right.isDecimal()) {
                    yield decimalResult(function, left, right);
                }
                require(function, args, left.equals(right));
                yield left;
            }
            case NEGATE, ABS -> {
                require(function, args, args.size() == 1 && args.get(0).isNumeric());
                yield args.get(0);
            }
            case ROUND -> {
                require(
                        function,
                        args,
                        (args.size() == 1 || args.size() == 2 && args.get(1).equals(DataType.INT32))
                                && args.get(0).isNumeric());
                yield args.size() == 1 ? wholeType(args.get(0)) : roundedType(args.get(0));
            }
            case FLOOR, CEIL -> {
                require(function, args, args.size() == 1 && args.get(0).isNumeric());
                yield wholeType(args.get(0));
            }
            case SQRT -> {
                require(function, args, args.size() == 1 && all(args, DataType.FLOAT64));
                yield DataType.FLOAT64;
            }
            case CASE -> {
                require(function, args, args.size() >= 3 && args.size() % 2 == 1);
                DataType type = args.getLast();
                for (int i = 0; i + 1 < args.size(); i += 2) {
                    require(
                            function,
                            args,
                            args.get(i).equals(DataType.BOOLEAN)
                                    && args.get(i + 1).equals(type));
                }
                yield type;
            }
            case COALESCE -> {
                require(function, args, !args.isEmpty() && all(args, args.getFirst()));
                yield args.getFirst();
            }
            case CAST -> throw new IllegalArgumentException("the type of a CAST does not follow from its argument");
            case EXTRACT_YEAR,
                    EXTRACT_QUARTER,
                    EXTRACT_MONTH,
                    EXTRACT_WEEK,
                    EXTRACT_DAY,
                    EXTRACT_DOW,
                    EXTRACT_ISODOW,
                    EXTRACT_DOY,
                    EXTRACT_HOUR,
                    EXTRACT_MINUTE,
                    EXTRACT_SECOND,
                    EXTRACT_MILLISECOND,
                    EXTRACT_MICROSECOND,
                    EXTRACT_EPOCH -> {
                require(function, args, args.size() == 1 && isDateOrTimestamp(args.get(0)));
                yield DataType.INT64;
            }
            case ADD_DAYS -> {
                require(function, args, args.equals(List.of(DataType.DATE, DataType.INT64)));
                yield DataType.DATE;
            }
            case ADD_MONTHS -> {
                require(
                        function,
                        args,
                        args.size() == 2
                                && isDateOrTimestamp(args.get(0))
                                && args.get(1).equals(DataType.INT64));
                yield args.get(0);
            }
            case ADD_MICROS -> {
                require(function, args, args.equals(List.of(DataType.TIMESTAMP, DataType.INT64)));
                yield DataType.TIMESTAMP;
            }
            case DAYS_BETWEEN -> {
                require(function, args, args.equals(List.of(DataType.DATE, DataType.DATE)));
                yield DataType.INT64;
            }
            case MICROS_BETWEEN -> {
                require(function, args, args.equals(List.of(DataType.TIMESTAMP, DataType.TIMESTAMP)));
                yield DataType.INT64;
            }
            case TRUNCATE_YEAR,
                    TRUNCATE_QUARTER,
                    TRUNCATE_MONTH,
                    TRUNCATE_WEEK,
                    TRUNCATE_DAY,
                    TRUNCATE_HOUR,
                    TRUNCATE_MINUTE,
                    TRUNCATE_SECOND -> {
                require(function, args, args.size() == 1 && isDateOrTimestamp(args.get(0)));
                yield args.get(0);
            }
            case SUBSTRING -> {
                require(
                        function,
                        args,
                        (args.size() == 2 || args.size() == 3)
                                && args.get(0).equals(DataType.VARCHAR)
                                && all(args.subList(1, args.size()), DataType.INT64));
                yield DataType.VARCHAR;
            }
            case UPPER, LOWER -> {
                require(function, args, args.size() == 1 && all(args, DataType.VARCHAR));
                yield DataType.VARCHAR;
            }
            case CHAR_LENGTH -> {
                require(function, args, args.size() == 1 && all(args, DataType.VARCHAR));
                yield DataType.INT64;
            }
            case CONCAT -> {
                require(function, args, args.size() >= 2 && all(args, DataType.VARCHAR));
                yield DataType.VARCHAR;
            }
            case TRIM, LTRIM, RTRIM -> {
                require(function, args, (args.size() == 1 || args.size() == 2) && all(args, DataType.VARCHAR));
                yield DataType.VARCHAR;
            }
            case POSITION -> {
                require(function, args, args.size() == 2 && all(args, DataType.VARCHAR));
                yield DataType.INT64;
            }
            case REPLACE -> {
                require(function, args, args.size() == 3 && all(args, DataType.VARCHAR));
                yield DataType.VARCHAR;
            }
        };
    }

    /**
     * The SQL rules for decimals. Products keep all digits after the point up to 38; quotients have the digits that
     * could matter, and 16 after the point at least while 38 digits allow them.
     */
    private static DataType decimalResult(Function function, DataType left, DataType right) {
        int p1 = left.precision();
        int s1 = left.scale();
        int p2 = right.precision();
        int s2 = right.scale();
        int max = DataType.MAX_PRECISION;
        return switch (function) {
            case ADD, SUBTRACT -> {
                int scale = Math.max(s1, s2);
                yield DataType.decimal(Math.min(max, Math.max(p1 - s1, p2 - s2) + scale + 1), scale);
            }
            case MULTIPLY -> DataType.decimal(Math.min(max, p1 + p2), Math.min(max, s1 + s2));
            case DIVIDE -> {
                int whole = p1 - s1 + s2;
                int scale = Math.max(MIN_QUOTIENT_SCALE, s1 + p2 + 1);
                if (whole + scale > max) {
                    scale = Math.max(Math.min(scale, MIN_QUOTIENT_SCALE), max - whole);
                }
                scale = Math.min(max, Math.max(scale, s1));
                yield DataType.decimal(Math.min(max, whole + scale), scale);
            }
            case MODULO -> {
                int scale = Math.max(s1, s2);
                yield DataType.decimal(Math.min(max, Math.max(1, Math.min(p1 - s1, p2 - s2) + scale)), scale);
            }
            default -> throw new IllegalArgumentException(function + " is not decimal arithmetic");
        };
    }

    /** A decimal without its digits after the point has one digit more before it: 9.5 becomes 10. */
    private static DataType wholeType(DataType type) {
        return type.isDecimal() && type.scale() > 0 ? DataType.decimal(type.precision() - type.scale() + 1, 0) : type;
    }

    private static DataType roundedType(DataType type) {
        return type.isDecimal()
                ? DataType.decimal(Math.min(DataType.MAX_PRECISION, type.precision() + 1), type.scale())
                : type;
    }

    /**
     * The type of AVG over a decimal or integer: 16 digits more after the point than the values have, while 38 digits allow
     * them, so that averages of the smallest values have 16 significant digits too.
     */
    public static DataType averageType(DataType arg) {
        if (arg.isFloat()) {
            return DataType.FLOAT64;
        }
        int whole = arg.isDecimal() ? arg.precision() - arg.scale() : 19;
        int scale = Math.max(arg.scale(), Math.min(arg.scale() + MIN_QUOTIENT_SCALE, DataType.MAX_PRECISION - whole));
        return DataType.decimal(DataType.MAX_PRECISION, scale);
    }

    /** The type of SUM: exact for integers and decimals, FLOAT64 for floats. */
    public static DataType sumType(DataType arg) {
        return arg.isFloat() ? DataType.FLOAT64 : DataType.decimal(DataType.MAX_PRECISION, arg.scale());
    }

    /**
     * Checks a whole tree against the columns it reads.
     *
     * @throws AquiferException TYPE_MISMATCH or INVALID_PLAN with the expression that is wrong
     */
    public static void check(Expr expr, List<DataType> columns) {
        switch (expr) {
            case Expr.ColumnRef ref -> {
                if (ref.index() < 0 || ref.index() >= columns.size()) {
                    throw new AquiferException(
                            ErrorCode.INVALID_PLAN,
                            "column " + ref.index() + " is out of range: the scan has " + columns.size() + " columns");
                }
                if (!columns.get(ref.index()).equals(ref.type())) {
                    throw new AquiferException(
                            ErrorCode.INVALID_PLAN,
                            "column " + ref.index() + " is " + columns.get(ref.index()) + ", not " + ref.type());
                }
            }
            case Expr.Literal literal -> Values.check(literal.type(), literal.value());
            case Expr.Call call -> {
                for (Expr arg : call.args()) {
                    check(arg, columns);
                }
                checkCall(call);
            }
        }
    }

    private static void checkCall(Expr.Call call) {
        List<DataType> types = call.args().stream().map(Expr::type).toList();
        if (call.function() == Function.CAST) {
            require(call.function(), types, types.size() == 1 && castable(types.getFirst(), call.type()));
            return;
        }
        DataType derived = resultType(call.function(), types);
        if (!derived.equals(call.type())) {
            throw new AquiferException(
                    ErrorCode.TYPE_MISMATCH,
                    call.function() + " of " + types + " gives " + derived + ", not " + call.type());
        }
        int firstLiteral = literalsFrom(call.function());
        for (int i = firstLiteral; i < call.args().size(); i++) {
            if (!(call.args().get(i) instanceof Expr.Literal)) {
                throw new AquiferException(
                        ErrorCode.TYPE_MISMATCH,
                        "argument " + (i + 1) + " of " + call.function() + " must be a constant");
            }
        }
    }

    /** The first argument that must be a literal, as must all after it. */
    private static int literalsFrom(Function function) {
        return function == Function.IN
                        || function == Function.LIKE
                        || function == Function.ILIKE
                        || function == Function.SIMILAR_TO
                        || function == Function.REGEXP_LIKE
                        || function == Function.ROUND
                ? 1
                : Integer.MAX_VALUE;
    }

    /** Whether a CAST between the two types exists; single values may still fail. */
    public static boolean castable(DataType from, DataType to) {
        if (from.kind() == TypeKind.BINARY || to.kind() == TypeKind.BINARY) {
            return false;
        }
        if (from.equals(to) || from.kind() == TypeKind.VARCHAR || to.kind() == TypeKind.VARCHAR) {
            return true;
        }
        if (from.isNumeric()) {
            return to.isNumeric() || from.isInteger() && to.kind() == TypeKind.BOOLEAN;
        }
        return switch (from.kind()) {
            case BOOLEAN -> to.isInteger();
            case DATE -> to.kind() == TypeKind.TIMESTAMP;
            case TIMESTAMP -> to.kind() == TypeKind.DATE;
            case INT8, INT16, INT32, INT64, DECIMAL, FLOAT32, FLOAT64, VARCHAR, BINARY -> false;
        };
    }

    private static boolean isDateOrTimestamp(DataType type) {
        return type.kind() == TypeKind.DATE || type.kind() == TypeKind.TIMESTAMP;
    }

    private static boolean all(List<DataType> types, DataType type) {
        return types.stream().allMatch(type::equals);
    }

    private static void require(Function function, List<DataType> args, boolean holds) {
        if (!holds) {
            throw new AquiferException(ErrorCode.TYPE_MISMATCH, function + " does not take arguments of types " + args);
        }
    }
}
