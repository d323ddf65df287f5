package dev.aquifer.protocol.substrait;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Function;
import io.substrait.proto.FunctionOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which of Aquifer's functions a Substrait function is: {@link FunctionTable} the other way. */
final class FunctionReader {
    private static final String EXTRACT = Urns.DATETIME + "/extract";
    private static final String LIKE = Urns.STRING + "/like";

    private static final Map<String, Function> NAMES = FunctionTable.names();

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
