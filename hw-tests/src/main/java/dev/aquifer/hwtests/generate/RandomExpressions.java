package dev.aquifer.hwtests.generate;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.expr.Typing;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Typed expression trees over given columns, from all functions. */
public final class RandomExpressions {
    private final Random random;
    private final RandomValues values;
    private final List<DataType> columns;

    public RandomExpressions(Random random, List<DataType> columns) {
        this.random = random;
        this.values = new RandomValues(random);
        this.columns = List.copyOf(columns);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /** A column of the type where there is one, else, or sometimes, a constant. */
    private Expr leaf(DataType type) {
        List<Integer> candidates = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).equals(type)) {
                candidates.add(i);
            }
        }
        if (candidates.isEmpty() || oneIn(4)) {
            return new Expr.Literal(type, oneIn(10) ? null : values.value(type));
        }
        return new Expr.ColumnRef(any(candidates), type);
    }

    /** An expression of a type, at most {@code depth} calls deep, not counting casts put around. */
    public Expr of(DataType type, int depth) {
        if (depth <= 0 || oneIn(5)) {
            return leaf(type);
        }
        if (oneIn(8)) {
            return oneIn(2)
                    ? Expr.call(
                            Function.CASE, of(DataType.BOOLEAN, depth - 1), of(type, depth - 1), of(type, depth - 1))
                    : Expr.call(Function.COALESCE, of(type, depth - 1), of(type, depth - 1));
        }
        if (oneIn(8)) {
            DataType from = values.type();
            if (Typing.castable(from, type)) {
                return Expr.cast(of(from, depth - 1), type);
            }
        }
        return switch (type.kind()) {
            case BOOLEAN -> condition(depth - 1);
            case INT8, INT16, INT32, FLOAT32, FLOAT64 -> arithmetic(type, depth - 1);
            case INT64 -> oneIn(2) ? measure(depth - 1) : arithmetic(type, depth - 1);
            case DECIMAL -> decimal(type, depth - 1);
            case DATE -> date(depth - 1);
            case TIMESTAMP -> timestamp(depth - 1);
            case VARCHAR -> text(depth - 1);
            case BINARY -> throw new IllegalArgumentException("no expressions of BINARY");
        };
    }

    private Expr condition(int depth) {
        DataType type = oneIn(2) && !columns.isEmpty() ? any(columns) : values.type();
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> Expr.call(any(FunctionGroups.COMPARISONS), of(type, depth), of(type, depth));
            case 3 -> Expr.call(Function.AND, of(DataType.BOOLEAN, depth), of(DataType.BOOLEAN, depth));
            case 4 -> Expr.call(Function.OR, of(DataType.BOOLEAN, depth), of(DataType.BOOLEAN, depth));
            case 5 -> Expr.call(any(FunctionGroups.OF_BOOLEAN), of(DataType.BOOLEAN, depth));
            case 6 -> Expr.call(oneIn(2) ? Function.IS_NULL : Function.IS_NOT_NULL, of(type, depth));
            case 7 -> in(type, depth);
            default -> oneIn(3) ? new RandomRegexes(random).call(of(DataType.VARCHAR, depth)) : like(depth);
        };
    }

    private Expr in(DataType type, int depth) {
        Expr[] args = new Expr[1 + random.nextInt(1, 8)];
        args[0] = of(type, depth);
        for (int i = 1; i < args.length; i++) {
            args[i] = new Expr.Literal(type, oneIn(12) ? null : values.value(type));
        }
        return Expr.call(Function.IN, args);
    }

    private Expr like(int depth) {
        Function function = oneIn(3) ? Function.ILIKE : Function.LIKE;
        Expr text = of(DataType.VARCHAR, depth);
        return oneIn(3)
                ? Expr.call(
                        function,
                        text,
                        new Expr.Literal(DataType.VARCHAR, values.pattern(true)),
                        new Expr.Literal(DataType.VARCHAR, Bytes.utf8("#")))
                : Expr.call(function, text, new Expr.Literal(DataType.VARCHAR, values.pattern(false)));
    }

    private Expr arithmetic(DataType type, int depth) {
        if (type.equals(DataType.FLOAT64) && oneIn(8)) {
            return Expr.call(Function.SQRT, of(type, depth));
        }
        if (oneIn(4)) {
            return unary(of(type, depth));
        }
        return Expr.call(any(FunctionGroups.ARITHMETIC), of(type, depth), of(type, depth));
    }

    private Expr unary(Expr arg) {
        Function function = any(FunctionGroups.OF_NUMBER);
        return function == Function.ROUND && oneIn(2)
                ? Expr.call(function, arg, new Expr.Literal(DataType.INT32, (long) random.nextInt(-3, 5)))
                : Expr.call(function, arg);
    }

    /** Decimal arithmetic has types of its own; a cast brings its result to the one asked for. */
    private Expr decimal(DataType type, int depth) {
        List<DataType> decimals =
                RandomValues.TYPES.stream().filter(DataType::isDecimal).toList();
        Expr result = oneIn(4)
                ? unary(of(any(decimals), depth))
                : Expr.call(any(FunctionGroups.ARITHMETIC), of(any(decimals), depth), of(any(decimals), depth));
        return result.type().equals(type) ? result : Expr.cast(result, type);
    }

    /** An INT64 that is a part, a distance or a length of something else. */
    private Expr measure(int depth) {
        return switch (random.nextInt(6)) {
            case 0, 1 ->
                Expr.call(any(FunctionGroups.EXTRACTS), of(oneIn(2) ? DataType.DATE : DataType.TIMESTAMP, depth));
            case 2 -> Expr.call(Function.CHAR_LENGTH, of(DataType.VARCHAR, depth));
            case 3 -> Expr.call(Function.POSITION, of(DataType.VARCHAR, depth), of(DataType.VARCHAR, depth));
            case 4 -> Expr.call(Function.DAYS_BETWEEN, of(DataType.DATE, depth), of(DataType.DATE, depth));
            default -> Expr.call(Function.MICROS_BETWEEN, of(DataType.TIMESTAMP, depth), of(DataType.TIMESTAMP, depth));
        };
    }

    private Expr small() {
        return new Expr.Literal(DataType.INT64, (long) random.nextInt(-40, 41));
    }

    private Expr date(int depth) {
        return switch (random.nextInt(3)) {
            case 0 ->
                Expr.call(Function.ADD_DAYS, of(DataType.DATE, depth), oneIn(2) ? small() : of(DataType.INT64, depth));
            case 1 -> Expr.call(Function.ADD_MONTHS, of(DataType.DATE, depth), small());
            default -> Expr.call(any(FunctionGroups.TRUNCATES), of(DataType.DATE, depth));
        };
    }

    private Expr timestamp(int depth) {
        return switch (random.nextInt(3)) {
            case 0 -> Expr.call(Function.ADD_MICROS, of(DataType.TIMESTAMP, depth), of(DataType.INT64, depth));
            case 1 -> Expr.call(Function.ADD_MONTHS, of(DataType.TIMESTAMP, depth), small());
            default -> Expr.call(any(FunctionGroups.TRUNCATES), of(DataType.TIMESTAMP, depth));
        };
    }

    private Expr text(int depth) {
        DataType varchar = DataType.VARCHAR;
        return switch (random.nextInt(7)) {
            case 0 -> Expr.call(oneIn(2) ? Function.UPPER : Function.LOWER, of(varchar, depth));
            case 1 -> Expr.call(Function.SUBSTRING, of(varchar, depth), small());
            case 2 ->
                Expr.call(
                        Function.SUBSTRING,
                        of(varchar, depth),
                        oneIn(2) ? small() : of(DataType.INT64, depth),
                        new Expr.Literal(DataType.INT64, (long) random.nextInt(10)));
            case 3 -> Expr.call(Function.CONCAT, of(varchar, depth), of(varchar, depth));
            case 4 -> Expr.call(any(List.of(Function.TRIM, Function.LTRIM, Function.RTRIM)), of(varchar, depth));
            case 5 -> Expr.call(Function.TRIM, of(varchar, depth), of(varchar, depth));
            default -> Expr.call(Function.REPLACE, of(varchar, depth), of(varchar, depth), of(varchar, depth));
        };
    }
}
