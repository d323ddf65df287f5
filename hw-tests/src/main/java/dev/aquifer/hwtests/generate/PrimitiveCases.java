package dev.aquifer.hwtests.generate;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.expr.Typing;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Every function on its own, over every type it takes: columns with columns, and columns with constants. */
public final class PrimitiveCases {
    /**
     * One expression over columns.
     *
     * @param name function and types, the same in every run
     */
    public record PrimitiveCase(String name, List<DataType> columns, Expr expr) {
        public PrimitiveCase {
            columns = List.copyOf(columns);
        }
    }

    private final Random random;
    private final RandomValues values;
    private final List<PrimitiveCase> cases = new ArrayList<>();

    private PrimitiveCases(Random random) {
        this.random = random;
        this.values = new RandomValues(random);
    }

    /** All cases; constants are random, names and order are not. */
    public static List<PrimitiveCase> all(Random random) {
        PrimitiveCases cases = new PrimitiveCases(random);
        for (DataType type : RandomValues.TYPES) {
            cases.ofEveryType(type);
            if (type.isNumeric()) {
                cases.numeric(type);
            }
            for (DataType target : RandomValues.TYPES) {
                if (Typing.castable(type, target)) {
                    cases.add("CAST " + type + " AS " + target, List.of(type), Expr.cast(column(0, type), target));
                }
            }
        }
        cases.logic();
        cases.mixedDecimals();
        cases.search();
        cases.time(DataType.DATE);
        cases.time(DataType.TIMESTAMP);
        cases.timeArithmetic();
        cases.text();
        return cases.cases;
    }

    private static Expr column(int index, DataType type) {
        return new Expr.ColumnRef(index, type);
    }

    private Expr.Literal literal(DataType type) {
        return new Expr.Literal(type, values.value(type));
    }

    private static Expr text(String text) {
        return new Expr.Literal(DataType.VARCHAR, Bytes.utf8(text));
    }

    private static Expr constant(DataType type, @Nullable Object value) {
        return new Expr.Literal(type, value);
    }

    private void add(String name, List<DataType> columns, Expr expr) {
        cases.add(new PrimitiveCase(name, columns, expr));
    }

    /** A function over as many columns. */
    private void add(Function function, DataType... types) {
        Expr[] args = new Expr[types.length];
        StringBuilder name = new StringBuilder(function.name());
        for (int i = 0; i < types.length; i++) {
            args[i] = column(i, types[i]);
            name.append(' ').append(types[i]);
        }
        add(name.toString(), List.of(types), Expr.call(function, args));
    }

    /** Two columns, a column and a constant, a constant and a column. */
    private void ofTwo(Function function, DataType type) {
        add(function, type, type);
        add(function + " " + type + " constant", List.of(type), Expr.call(function, column(0, type), literal(type)));
        add(function + " constant " + type, List.of(type), Expr.call(function, literal(type), column(0, type)));
    }

    private void ofEveryType(DataType type) {
        FunctionGroups.COMPARISONS.forEach(function -> ofTwo(function, type));
        add("EQUAL " + type + " NULL", List.of(type), Expr.call(Function.EQUAL, column(0, type), constant(type, null)));
        add(Function.IS_NULL, type);
        add(Function.IS_NOT_NULL, type);
        add(Function.CASE, DataType.BOOLEAN, type, type);
        add(Function.CASE, DataType.BOOLEAN, type, DataType.BOOLEAN, type, type);
        add(Function.COALESCE, type, type);
        add(
                "COALESCE " + type + " constant",
                List.of(type),
                Expr.call(Function.COALESCE, column(0, type), literal(type)));
        for (int size : List.of(1, 3, 40)) {
            Expr[] args = new Expr[size + 1];
            args[0] = column(0, type);
            for (int i = 1; i <= size; i++) {
                args[i] = literal(type);
            }
            add("IN " + type + " of " + size, List.of(type), Expr.call(Function.IN, args));
            args[size] = constant(type, null);
            add("IN " + type + " of " + size + " with NULL", List.of(type), Expr.call(Function.IN, args));
        }
        add("constant " + type, List.of(type), literal(type));
        add("NULL " + type, List.of(type), constant(type, null));
        add("column " + type, List.of(type), column(0, type));
    }

    private void numeric(DataType type) {
        FunctionGroups.ARITHMETIC.forEach(function -> ofTwo(function, type));
        for (Function function : FunctionGroups.OF_NUMBER) {
            add(function, type);
        }
        for (long digits : List.of(-2L, 0L, 1L, 3L)) {
            Expr literal = constant(DataType.INT32, digits);
            add("ROUND " + type + " to " + digits, List.of(type), Expr.call(Function.ROUND, column(0, type), literal));
        }
        if (type.equals(DataType.FLOAT64)) {
            add(Function.SQRT, type);
        }
    }

    private void mixedDecimals() {
        List<DataType> decimals =
                RandomValues.TYPES.stream().filter(DataType::isDecimal).toList();
        for (DataType left : decimals) {
            for (DataType right : decimals) {
                if (!left.equals(right)) {
                    FunctionGroups.ARITHMETIC.forEach(function -> add(function, left, right));
                }
            }
        }
    }

    private void logic() {
        DataType bool = DataType.BOOLEAN;
        add(Function.AND, bool, bool);
        add(Function.OR, bool, bool);
        add(Function.AND, bool, bool, bool);
        add(Function.OR, bool, bool, bool);
        FunctionGroups.OF_BOOLEAN.forEach(function -> add(function, bool));
    }

    private void search() {
        DataType varchar = DataType.VARCHAR;
        Expr column = column(0, varchar);
        List<String> shapes =
                List.of("", "%", "_", "a", "a%", "%a", "%a%", "a%b", "%a%b%", "_a%", "%_a", "a_%", "__", "%\u00e9%");
        for (Function function : List.of(Function.LIKE, Function.ILIKE)) {
            for (String shape : shapes) {
                add(function + " '" + shape + "'", List.of(varchar), Expr.call(function, column, text(shape)));
            }
            for (int i = 0; i < 10; i++) {
                Expr pattern = constant(varchar, values.pattern(false));
                add(function + " random " + i, List.of(varchar), Expr.call(function, column, pattern));
                Expr escaped = constant(varchar, values.pattern(true));
                add(
                        function + " random escaped " + i,
                        List.of(varchar),
                        Expr.call(function, column, escaped, text("#")));
            }
            add(function + " NULL", List.of(varchar), Expr.call(function, column, constant(varchar, null)));
            add(
                    function + " ending with its escape",
                    List.of(varchar),
                    Expr.call(function, column, text("a#"), text("#")));
        }
        regexes(column);
    }

    private void regexes(Expr column) {
        DataType varchar = DataType.VARCHAR;
        RandomRegexes regexes = new RandomRegexes(random);
        for (String shape : List.of("", "%", "_", "a|b", "%a%", "%(a|b)%(a|b)%", "a+%", "(ab){2,3}", "[^a]*", "__+")) {
            add("SIMILAR_TO '" + shape + "'", List.of(varchar), Expr.call(Function.SIMILAR_TO, column, text(shape)));
        }
        for (String shape :
                List.of("", ".", "a", "a|b", "^a", "a$", "^$", "a.*b", "\\bab", "\\B", "[^a]", "(a|ab)(c|bcd)*")) {
            add("REGEXP_LIKE '" + shape + "'", List.of(varchar), Expr.call(Function.REGEXP_LIKE, column, text(shape)));
        }
        for (Function function : List.of(Function.SIMILAR_TO, Function.REGEXP_LIKE)) {
            for (int i = 0; i < 20; i++) {
                add(function + " random " + i, List.of(varchar), regexes.call(function, column));
            }
            Expr none = constant(varchar, null);
            add(function + " NULL", List.of(varchar), Expr.call(function, column, none));
            add(function + " NULL behind", List.of(varchar), Expr.call(function, column, text("a"), none));
            add(function + " malformed", List.of(varchar), Expr.call(function, column, text("a(b")));
        }
    }

    private void time(DataType type) {
        FunctionGroups.EXTRACTS.forEach(function -> add(function, type));
        FunctionGroups.TRUNCATES.forEach(function -> add(function, type));
        for (long months : List.of(-13L, -1L, 0L, 1L, 12L, 1_000_000L, Long.MIN_VALUE)) {
            add(
                    "ADD_MONTHS " + type + " " + months,
                    List.of(type),
                    Expr.call(Function.ADD_MONTHS, column(0, type), constant(DataType.INT64, months)));
        }
        add(Function.ADD_MONTHS, type, DataType.INT64);
    }

    private void timeArithmetic() {
        add(Function.ADD_DAYS, DataType.DATE, DataType.INT64);
        add(Function.ADD_MICROS, DataType.TIMESTAMP, DataType.INT64);
        add(Function.DAYS_BETWEEN, DataType.DATE, DataType.DATE);
        add(Function.MICROS_BETWEEN, DataType.TIMESTAMP, DataType.TIMESTAMP);
        add(
                "ADD_DAYS DATE constant",
                List.of(DataType.DATE),
                Expr.call(Function.ADD_DAYS, column(0, DataType.DATE), constant(DataType.INT64, (long)
                        random.nextInt(-400, 400))));
    }

    private void text() {
        DataType varchar = DataType.VARCHAR;
        for (Function function : List.of(Function.UPPER, Function.LOWER, Function.CHAR_LENGTH)) {
            add(function, varchar);
        }
        for (Function function : List.of(Function.TRIM, Function.LTRIM, Function.RTRIM)) {
            add(function, varchar);
            add(function, varchar, varchar);
            add(
                    function + " of constant characters",
                    List.of(varchar),
                    Expr.call(function, column(0, varchar), text(" a\u00e9")));
        }
        add(Function.SUBSTRING, varchar, DataType.INT64);
        add(Function.SUBSTRING, varchar, DataType.INT64, DataType.INT64);
        for (long from : List.of(-3L, 0L, 1L, 2L, 5L, Long.MAX_VALUE, Long.MIN_VALUE)) {
            for (long length : List.of(0L, 1L, 4L, Long.MAX_VALUE, -1L)) {
                add(
                        "SUBSTRING from " + from + " for " + length,
                        List.of(varchar),
                        Expr.call(
                                Function.SUBSTRING,
                                column(0, varchar),
                                constant(DataType.INT64, from),
                                constant(DataType.INT64, length)));
            }
        }
        add(Function.CONCAT, varchar, varchar);
        add(Function.CONCAT, varchar, varchar, varchar);
        add(
                "CONCAT VARCHAR constant",
                List.of(varchar),
                Expr.call(Function.CONCAT, column(0, varchar), text("\u00e9x")));
        add(Function.POSITION, varchar, varchar);
        add("POSITION of constant", List.of(varchar), Expr.call(Function.POSITION, column(0, varchar), text("b")));
        add(Function.REPLACE, varchar, varchar, varchar);
        add(
                "REPLACE of constants",
                List.of(varchar),
                Expr.call(Function.REPLACE, column(0, varchar), text("a"), text("\u00e9\u00e9")));
    }
}
