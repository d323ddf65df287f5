package dev.aquifer.protocol.substrait;

import static dev.aquifer.protocol.substrait.Signature.option;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.TypeKind;
import io.substrait.proto.FunctionOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which Substrait function each of Aquifer's functions is. The standard one, where it gives the same values and the same
 * type; else Aquifer's own extension. {@link FunctionReader} is the way back.
 */
final class FunctionTable {
    static final String CASE_SENSITIVITY = "case_sensitivity";
    static final String CASE_SENSITIVE = "CASE_SENSITIVE";
    static final String CASE_INSENSITIVE = "CASE_INSENSITIVE";
    static final String ROUNDING = "rounding";
    static final String HALF_AWAY = "TIE_AWAY_FROM_ZERO";

    private static final FunctionOption NO_OVERFLOW = option("overflow", "ERROR");
    private static final FunctionOption NO_DOMAIN_ERROR = option("on_domain_error", "ERROR");
    private static final FunctionOption NO_ZERO_DIVISOR = option("on_division_by_zero", "ERROR");
    private static final FunctionOption EXACT_CASE = option(CASE_SENSITIVITY, CASE_SENSITIVE);

    /** The functions of Substrait's extensions; DECIMAL has those of ARITHMETIC that it has for decimals. */
    private static final Map<String, List<Function>> EXTENSIONS = Map.of(
            Urns.COMPARISON,
            List.of(
                    Function.EQUAL,
                    Function.NOT_EQUAL,
                    Function.LESS,
                    Function.LESS_OR_EQUAL,
                    Function.GREATER,
                    Function.GREATER_OR_EQUAL,
                    Function.IS_DISTINCT_FROM,
                    Function.IS_NOT_DISTINCT_FROM,
                    Function.IS_NULL,
                    Function.IS_NOT_NULL,
                    Function.IS_TRUE,
                    Function.IS_NOT_TRUE,
                    Function.IS_FALSE,
                    Function.IS_NOT_FALSE,
                    Function.COALESCE),
            Urns.BOOLEAN,
            List.of(Function.AND, Function.OR, Function.NOT),
            Urns.ARITHMETIC,
            List.of(
                    Function.ADD,
                    Function.SUBTRACT,
                    Function.MULTIPLY,
                    Function.DIVIDE,
                    Function.MODULO,
                    Function.ABS,
                    Function.NEGATE,
                    Function.SQRT),
            Urns.DECIMAL,
            List.of(Function.ADD, Function.SUBTRACT, Function.MULTIPLY, Function.DIVIDE, Function.MODULO, Function.ABS),
            Urns.ROUNDING,
            List.of(Function.FLOOR, Function.CEIL, Function.ROUND),
            Urns.STRING,
            List.of(
                    Function.LIKE,
                    Function.SUBSTRING,
                    Function.UPPER,
                    Function.LOWER,
                    Function.CHAR_LENGTH,
                    Function.CONCAT,
                    Function.TRIM,
                    Function.LTRIM,
                    Function.RTRIM,
                    Function.POSITION,
                    Function.REPLACE));

    /** Where Substrait's name is not Aquifer's in lower case. */
    private static final Map<Function, String> OTHER_NAMES = Map.of(
            Function.LESS, "lt",
            Function.LESS_OR_EQUAL, "lte",
            Function.GREATER, "gt",
            Function.GREATER_OR_EQUAL, "gte",
            Function.MODULO, "modulus",
            Function.ILIKE, "like",
            Function.POSITION, "strpos");

    /** Words of {@code extract} that count from somewhere: the word and the indexing. */
    private static final Map<Function, List<String>> EXTRACTS = new TreeMap<>(Map.ofEntries(
            Map.entry(Function.EXTRACT_YEAR, List.of("YEAR")),
            Map.entry(Function.EXTRACT_QUARTER, List.of("QUARTER", "ONE")),
            Map.entry(Function.EXTRACT_MONTH, List.of("MONTH", "ONE")),
            Map.entry(Function.EXTRACT_WEEK, List.of("ISO_WEEK", "ONE")),
            Map.entry(Function.EXTRACT_DAY, List.of("DAY", "ONE")),
            Map.entry(Function.EXTRACT_DOW, List.of("SUNDAY_DAY_OF_WEEK", "ZERO")),
            Map.entry(Function.EXTRACT_ISODOW, List.of("MONDAY_DAY_OF_WEEK", "ONE")),
            Map.entry(Function.EXTRACT_DOY, List.of("DAY_OF_YEAR", "ONE")),
            Map.entry(Function.EXTRACT_HOUR, List.of("HOUR")),
            Map.entry(Function.EXTRACT_MINUTE, List.of("MINUTE")),
            Map.entry(Function.EXTRACT_SECOND, List.of("SECOND")),
            Map.entry(Function.EXTRACT_EPOCH, List.of("UNIX_TIME"))));

    private FunctionTable() {}

    static Map<Function, List<String>> extracts() {
        return EXTRACTS;
    }

    /** Every function by how plans name it: extension, slash, simple name. */
    static Map<String, Function> names() {
        Map<String, Function> names = new HashMap<>();
        EXTENSIONS.forEach((urn, functions) ->
                functions.forEach(function -> names.put(urn + "/" + standardName(function), function)));
        for (Function function : Function.values()) {
            names.put(Urns.AQUIFER + "/" + name(function), function);
        }
        return Map.copyOf(names);
    }

    private static String name(Function function) {
        return function.name().toLowerCase(Locale.ROOT);
    }

    private static String standardName(Function function) {
        return OTHER_NAMES.getOrDefault(function, name(function));
    }

    /** How a call is written. CASE, CAST and IN have forms of their own and no signature. */
    static Signature signature(Function function, List<Expr> args, DataType result) {
        List<DataType> types = args.stream().map(Expr::type).toList();
        Signature standard = standard(function, args, types, result);
        return standard != null
                ? standard
                : Signature.of(Urns.AQUIFER, name(function) + ":" + PlanTypes.letters(types));
    }

    private static @Nullable Signature standard(
            Function function, List<Expr> args, List<DataType> types, DataType result) {
        return switch (function) {
            case EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM -> standard(Urns.COMPARISON, function, "any_any");
            case IS_NULL, IS_NOT_NULL -> standard(Urns.COMPARISON, function, "any");
            case IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> standard(Urns.COMPARISON, function, "bool");
            case COALESCE -> args.size() < 2 ? null : standard(Urns.COMPARISON, function, "any");
            case AND, OR, NOT -> standard(Urns.BOOLEAN, function, "bool");
            case ADD, SUBTRACT, MULTIPLY -> arithmetic(function, types, result, NO_OVERFLOW);
            case DIVIDE ->
                types.getFirst().isFloat()
                        ? standard(Urns.ARITHMETIC, function, PlanTypes.letters(types), NO_ZERO_DIVISOR)
                        : arithmetic(function, types, result, NO_OVERFLOW, NO_DOMAIN_ERROR, NO_ZERO_DIVISOR);
            case MODULO ->
                types.getFirst().isFloat()
                        ? null
                        : arithmetic(
                                function,
                                types,
                                result,
                                NO_OVERFLOW,
                                NO_DOMAIN_ERROR,
                                option("division_type", "TRUNCATE"));
            case NEGATE -> result.isDecimal() ? null : unary(function, result);
            case ABS -> result.isDecimal() ? standard(Urns.DECIMAL, function, "dec") : unary(function, result);
            case SQRT -> standard(Urns.ARITHMETIC, function, "fp64", NO_DOMAIN_ERROR);
            case FLOOR, CEIL -> result.isFloat() ? standard(Urns.ROUNDING, function, PlanTypes.letters(types)) : null;
            case ROUND ->
                types.size() == 2 && !result.isDecimal()
                        ? standard(Urns.ROUNDING, function, PlanTypes.letters(types), option(ROUNDING, HALF_AWAY))
                        : null;
            case LIKE -> types.size() == 2 ? standard(Urns.STRING, function, "str_str", EXACT_CASE) : null;
            case ILIKE ->
                types.size() == 2
                        ? standard(Urns.STRING, function, "str_str", option(CASE_SENSITIVITY, CASE_INSENSITIVE))
                        : null;
            case SUBSTRING ->
                args.subList(1, args.size()).stream().allMatch(FunctionTable::isIntLiteral)
                        ? standard(
                                Urns.STRING,
                                function,
                                types.size() == 2 ? "str_i32" : "str_i32_i32",
                                option("negative_start", "LEFT_OF_BEGINNING"))
                        : null;
            case UPPER, LOWER -> standard(Urns.STRING, function, "str", option("char_set", "UTF8"));
            case CHAR_LENGTH -> standard(Urns.STRING, function, "str");
            case CONCAT -> standard(Urns.STRING, function, "str", option("null_handling", "ACCEPT_NULLS"));
            case TRIM, LTRIM, RTRIM -> types.size() == 2 ? standard(Urns.STRING, function, "str_str") : null;
            case POSITION -> standard(Urns.STRING, function, "str_str", EXACT_CASE);
            case REPLACE -> standard(Urns.STRING, function, "str_str_str", EXACT_CASE);
            case EXTRACT_YEAR,
                    EXTRACT_QUARTER,
                    EXTRACT_MONTH,
                    EXTRACT_WEEK,
                    EXTRACT_DAY,
                    EXTRACT_DOW,
                    EXTRACT_ISODOW,
                    EXTRACT_DOY,
                    EXTRACT_EPOCH -> extract(function, types.getFirst());
            // Substrait's dates have no time of day.
            case EXTRACT_HOUR, EXTRACT_MINUTE, EXTRACT_SECOND ->
                types.getFirst().kind() == TypeKind.DATE ? null : extract(function, types.getFirst());
            // Substrait leaves the whole seconds out, or adds intervals instead of numbers, or has nothing like it.
            case SIMILAR_TO,
                    REGEXP_LIKE,
                    EXTRACT_MILLISECOND,
                    EXTRACT_MICROSECOND,
                    ADD_DAYS,
                    ADD_MONTHS,
                    ADD_MICROS,
                    DAYS_BETWEEN,
                    MICROS_BETWEEN,
                    TRUNCATE_YEAR,
                    TRUNCATE_QUARTER,
                    TRUNCATE_MONTH,
                    TRUNCATE_WEEK,
                    TRUNCATE_DAY,
                    TRUNCATE_HOUR,
                    TRUNCATE_MINUTE,
                    TRUNCATE_SECOND -> null;
            case CASE, CAST, IN -> throw new IllegalArgumentException(function + " has no signature");
        };
    }

    /** A function of a standard extension, under its compound name. */
    private static Signature standard(String urn, Function function, String letters, FunctionOption... options) {
        return Signature.of(urn, standardName(function) + ":" + letters, options);
    }

    private static Signature unary(Function function, DataType type) {
        String letters = PlanTypes.letters(type);
        return type.isFloat()
                ? standard(Urns.ARITHMETIC, function, letters)
                : standard(Urns.ARITHMETIC, function, letters, NO_OVERFLOW);
    }

    private static @Nullable Signature arithmetic(
            Function function, List<DataType> types, DataType result, FunctionOption... options) {
        String letters = PlanTypes.letters(types);
        if (result.isDecimal()) {
            return StandardDecimals.result(function, types.get(0), types.get(1)).equals(result)
                    ? standard(Urns.DECIMAL, function, letters, NO_OVERFLOW)
                    : null;
        }
        return result.isFloat()
                ? standard(Urns.ARITHMETIC, function, letters)
                : standard(Urns.ARITHMETIC, function, letters, options);
    }

    private static Signature extract(Function function, DataType type) {
        List<String> words = EXTRACTS.get(function);
        if (words == null) {
            throw new IllegalArgumentException(function + " has no words");
        }
        return new Signature(
                Urns.DATETIME, "extract:" + "req_".repeat(words.size()) + PlanTypes.letters(type), words, List.of());
    }

    /** Substrait counts characters in 32 bits, Aquifer in 64. */
    private static boolean isIntLiteral(Expr arg) {
        return arg instanceof Expr.Literal literal
                && literal.value() instanceof Long value
                && value >= Integer.MIN_VALUE
                && value <= Integer.MAX_VALUE;
    }
}
