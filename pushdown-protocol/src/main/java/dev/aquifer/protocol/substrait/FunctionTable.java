package dev.aquifer.protocol.substrait;

import static dev.aquifer.protocol.substrait.Signature.option;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.TypeKind;
import io.substrait.proto.FunctionOption;
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

    /** How a call is written. CASE, CAST and IN have forms of their own and no signature. */
    static Signature signature(Function function, List<Expr> args, DataType result) {
        List<DataType> types = args.stream().map(Expr::type).toList();
        Signature standard = standard(function, args, types, result);
        if (standard != null) {
            return standard;
        }
        return Signature.of(Urns.AQUIFER, function.name().toLowerCase(Locale.ROOT) + ":" + PlanTypes.letters(types));
    }

    private static @Nullable Signature standard(
            Function function, List<Expr> args, List<DataType> types, DataType result) {
        return switch (function) {
            case EQUAL -> comparison("equal:any_any");
            case NOT_EQUAL -> comparison("not_equal:any_any");
            case LESS -> comparison("lt:any_any");
            case LESS_OR_EQUAL -> comparison("lte:any_any");
            case GREATER -> comparison("gt:any_any");
            case GREATER_OR_EQUAL -> comparison("gte:any_any");
            case IS_DISTINCT_FROM -> comparison("is_distinct_from:any_any");
            case IS_NOT_DISTINCT_FROM -> comparison("is_not_distinct_from:any_any");
            case IS_NULL -> comparison("is_null:any");
            case IS_NOT_NULL -> comparison("is_not_null:any");
            case IS_TRUE -> comparison("is_true:bool");
            case IS_NOT_TRUE -> comparison("is_not_true:bool");
            case IS_FALSE -> comparison("is_false:bool");
            case IS_NOT_FALSE -> comparison("is_not_false:bool");
            case COALESCE -> args.size() < 2 ? null : comparison("coalesce:any");
            case AND -> Signature.of(Urns.BOOLEAN, "and:bool");
            case OR -> Signature.of(Urns.BOOLEAN, "or:bool");
            case NOT -> Signature.of(Urns.BOOLEAN, "not:bool");
            case ADD -> arithmetic("add", function, types, result, NO_OVERFLOW);
            case SUBTRACT -> arithmetic("subtract", function, types, result, NO_OVERFLOW);
            case MULTIPLY -> arithmetic("multiply", function, types, result, NO_OVERFLOW);
            case DIVIDE ->
                types.getFirst().isFloat()
                        ? Signature.of(Urns.ARITHMETIC, "divide:" + PlanTypes.letters(types), NO_ZERO_DIVISOR)
                        : arithmetic("divide", function, types, result, NO_OVERFLOW, NO_DOMAIN_ERROR, NO_ZERO_DIVISOR);
            case MODULO ->
                types.getFirst().isFloat()
                        ? null
                        : arithmetic(
                                "modulus",
                                function,
                                types,
                                result,
                                NO_OVERFLOW,
                                NO_DOMAIN_ERROR,
                                option("division_type", "TRUNCATE"));
            case NEGATE -> result.isDecimal() ? null : unary("negate", result);
            case ABS -> result.isDecimal() ? Signature.of(Urns.DECIMAL, "abs:dec") : unary("abs", result);
            case SQRT -> Signature.of(Urns.ARITHMETIC, "sqrt:fp64", NO_DOMAIN_ERROR);
            case FLOOR -> result.isFloat() ? rounding("floor", types) : null;
            case CEIL -> result.isFloat() ? rounding("ceil", types) : null;
            case ROUND ->
                types.size() == 2 && !result.isDecimal() ? rounding("round", types, option(ROUNDING, HALF_AWAY)) : null;
            case LIKE -> types.size() == 2 ? string("like:str_str", EXACT_CASE) : null;
            case ILIKE -> types.size() == 2 ? string("like:str_str", option(CASE_SENSITIVITY, CASE_INSENSITIVE)) : null;
            case SUBSTRING ->
                args.subList(1, args.size()).stream().allMatch(FunctionTable::isIntLiteral)
                        ? string(
                                types.size() == 2 ? "substring:str_i32" : "substring:str_i32_i32",
                                option("negative_start", "LEFT_OF_BEGINNING"))
                        : null;
            case UPPER -> string("upper:str", option("char_set", "UTF8"));
            case LOWER -> string("lower:str", option("char_set", "UTF8"));
            case CHAR_LENGTH -> string("char_length:str");
            case CONCAT -> string("concat:str", option("null_handling", "ACCEPT_NULLS"));
            case TRIM -> types.size() == 2 ? string("trim:str_str") : null;
            case LTRIM -> types.size() == 2 ? string("ltrim:str_str") : null;
            case RTRIM -> types.size() == 2 ? string("rtrim:str_str") : null;
            case POSITION -> string("strpos:str_str", EXACT_CASE);
            case REPLACE -> string("replace:str_str_str", EXACT_CASE);
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

    private static Signature comparison(String name) {
        return Signature.of(Urns.COMPARISON, name);
    }

    private static Signature string(String name, FunctionOption... options) {
        return Signature.of(Urns.STRING, name, options);
    }

    private static Signature rounding(String base, List<DataType> types, FunctionOption... options) {
        return Signature.of(Urns.ROUNDING, base + ":" + PlanTypes.letters(types), options);
    }

    private static Signature unary(String base, DataType type) {
        String name = base + ":" + PlanTypes.letters(type);
        return type.isFloat() ? Signature.of(Urns.ARITHMETIC, name) : Signature.of(Urns.ARITHMETIC, name, NO_OVERFLOW);
    }

    private static @Nullable Signature arithmetic(
            String base, Function function, List<DataType> types, DataType result, FunctionOption... options) {
        String name = base + ":" + PlanTypes.letters(types);
        if (result.isDecimal()) {
            return StandardDecimals.result(function, types.get(0), types.get(1)).equals(result)
                    ? Signature.of(Urns.DECIMAL, name, NO_OVERFLOW)
                    : null;
        }
        return result.isFloat() ? Signature.of(Urns.ARITHMETIC, name) : Signature.of(Urns.ARITHMETIC, name, options);
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
