package dev.aquifer.protocol.substrait;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Function;
import io.substrait.proto.FunctionOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which of Aquifer's functions a Substrait function is: {@link FunctionTable} the other way. */
final class FunctionReader {
    private static final String EXTRACT = Urns.DATETIME + "/extract";
    private static final String LIKE = Urns.STRING + "/like";

    private static final Map<String, Function> NAMES = names();

    /** Behaviours that Aquifer has, by option; of every function unless {@link #accepts} says otherwise. */
    private static final Map<String, Set<String>> OPTIONS = Map.of(
            "overflow",
            Set.of("ERROR"),
            "on_domain_error",
            Set.of("ERROR"),
            "on_division_by_zero",
            Set.of("ERROR"),
            "division_type",
            Set.of("TRUNCATE"),
            FunctionTable.ROUNDING,
            Set.of("TIE_TO_EVEN"),
            FunctionTable.CASE_SENSITIVITY,
            Set.of(FunctionTable.CASE_SENSITIVE),
            "null_handling",
            Set.of("ACCEPT_NULLS"),
            "char_set",
            Set.of("UTF8"),
            "negative_start",
            Set.of("LEFT_OF_BEGINNING"));

    private FunctionReader() {}

    private static Map<String, Function> names() {
        Map<String, Function> names = new HashMap<>();
        put(names, Urns.COMPARISON, "equal", Function.EQUAL);
        put(names, Urns.COMPARISON, "not_equal", Function.NOT_EQUAL);
        put(names, Urns.COMPARISON, "lt", Function.LESS);
        put(names, Urns.COMPARISON, "lte", Function.LESS_OR_EQUAL);
        put(names, Urns.COMPARISON, "gt", Function.GREATER);
        put(names, Urns.COMPARISON, "gte", Function.GREATER_OR_EQUAL);
        put(names, Urns.COMPARISON, "is_distinct_from", Function.IS_DISTINCT_FROM);
        put(names, Urns.COMPARISON, "is_not_distinct_from", Function.IS_NOT_DISTINCT_FROM);
        put(names, Urns.COMPARISON, "is_null", Function.IS_NULL);
        put(names, Urns.COMPARISON, "is_not_null", Function.IS_NOT_NULL);
        put(names, Urns.COMPARISON, "is_true", Function.IS_TRUE);
        put(names, Urns.COMPARISON, "is_not_true", Function.IS_NOT_TRUE);
        put(names, Urns.COMPARISON, "is_false", Function.IS_FALSE);
        put(names, Urns.COMPARISON, "is_not_false", Function.IS_NOT_FALSE);
        put(names, Urns.COMPARISON, "coalesce", Function.COALESCE);
        put(names, Urns.BOOLEAN, "and", Function.AND);
        put(names, Urns.BOOLEAN, "or", Function.OR);
        put(names, Urns.BOOLEAN, "not", Function.NOT);
        put(names, Urns.ARITHMETIC, "negate", Function.NEGATE);
        put(names, Urns.ARITHMETIC, "sqrt", Function.SQRT);
        for (String urn : List.of(Urns.ARITHMETIC, Urns.DECIMAL)) {
            put(names, urn, "add", Function.ADD);
            put(names, urn, "subtract", Function.SUBTRACT);
            put(names, urn, "multiply", Function.MULTIPLY);
            put(names, urn, "divide", Function.DIVIDE);
            put(names, urn, "modulus", Function.MODULO);
            put(names, urn, "abs", Function.ABS);
        }
        put(names, Urns.ROUNDING, "floor", Function.FLOOR);
        put(names, Urns.ROUNDING, "ceil", Function.CEIL);
        put(names, Urns.ROUNDING, "round", Function.ROUND);
        put(names, Urns.STRING, "like", Function.LIKE);
        put(names, Urns.STRING, "substring", Function.SUBSTRING);
        put(names, Urns.STRING, "upper", Function.UPPER);
        put(names, Urns.STRING, "lower", Function.LOWER);
        put(names, Urns.STRING, "char_length", Function.CHAR_LENGTH);
        put(names, Urns.STRING, "concat", Function.CONCAT);
        put(names, Urns.STRING, "trim", Function.TRIM);
        put(names, Urns.STRING, "ltrim", Function.LTRIM);
        put(names, Urns.STRING, "rtrim", Function.RTRIM);
        put(names, Urns.STRING, "strpos", Function.POSITION);
        put(names, Urns.STRING, "replace", Function.REPLACE);
        for (Function function : Function.values()) {
            put(names, Urns.AQUIFER, function.name().toLowerCase(Locale.ROOT), function);
        }
        return Map.copyOf(names);
    }

    private static void put(Map<String, Function> names, String urn, String base, Function function) {
        names.put(urn + "/" + base, function);
    }

    /**
     * @param words the arguments that are words, in order
     * @throws AquiferException UNKNOWN_FUNCTION; UNSUPPORTED for a behaviour that Aquifer has not
     */
    static Function resolve(FunctionName name, List<String> words, List<FunctionOption> options) {
        String key = name.urn() + "/" + name.base();
        if (key.equals(EXTRACT)) {
            checkOptions(name, Function.EXTRACT_YEAR, options);
            return extract(words);
        }
        Function function = NAMES.get(key);
        if (function == null) {
            throw new AquiferException(ErrorCode.UNKNOWN_FUNCTION, "the function " + name + " is not known");
        }
        if (!words.isEmpty()) {
            throw new AquiferException(ErrorCode.INVALID_PLAN, "the function " + name + " takes no words: " + words);
        }
        if (key.equals(LIKE) && asksForAnyCase(options)) {
            return Function.ILIKE;
        }
        checkOptions(name, function, options);
        return function;
    }

    private static Function extract(List<String> words) {
        List<String> upper =
                words.stream().map(word -> word.toUpperCase(Locale.ROOT)).toList();
        for (Map.Entry<Function, List<String>> entry : FunctionTable.extracts().entrySet()) {
            if (entry.getValue().equals(upper)) {
                return entry.getKey();
            }
        }
        throw new AquiferException(
                ErrorCode.UNKNOWN_FUNCTION,
                "extract of " + upper.stream().limit(4).toList() + " is not supported");
    }

    /** The first preference that Aquifer has is the one that counts. */
    private static boolean asksForAnyCase(List<FunctionOption> options) {
        if (options.size() != 1 || !options.getFirst().getName().equalsIgnoreCase(FunctionTable.CASE_SENSITIVITY)) {
            return false;
        }
        for (String preference : options.getFirst().getPreferenceList()) {
            if (preference.equalsIgnoreCase(FunctionTable.CASE_SENSITIVE)) {
                return false;
            }
            if (preference.equalsIgnoreCase(FunctionTable.CASE_INSENSITIVE)) {
                return true;
            }
        }
        return false;
    }

    private static void checkOptions(FunctionName name, Function function, List<FunctionOption> options) {
        for (FunctionOption option : options) {
            String asked = option.getName().toLowerCase(Locale.ROOT);
            Set<String> accepted = accepts(function, asked);
            boolean met = option.getPreferenceList().stream()
                    .anyMatch(preference -> accepted.contains(preference.toUpperCase(Locale.ROOT)));
            if (!met) {
                throw new AquiferException(
                        ErrorCode.UNSUPPORTED,
                        "the function " + name + " is asked for " + asked + " "
                                + option.getPreferenceList().stream().limit(4).toList() + "; supported: " + accepted);
            }
        }
    }

    private static Set<String> accepts(Function function, String option) {
        if (function == Function.ROUND && option.equals(FunctionTable.ROUNDING)) {
            return Set.of(FunctionTable.HALF_AWAY);
        }
        return OPTIONS.getOrDefault(option, Set.of());
    }
}
