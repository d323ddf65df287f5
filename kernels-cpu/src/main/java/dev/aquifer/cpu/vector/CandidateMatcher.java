package dev.aquifer.cpu.vector;

import dev.aquifer.spi.regex.Literals;
import dev.aquifer.spi.regex.Regex;
import dev.aquifer.spi.regex.RegexMatcher;
import dev.aquifer.spi.type.Bytes;
import java.util.Arrays;
import java.util.List;

/**
 * Matches texts by a pattern: only one that has a string without which no text matches is shown to the automaton, and none where
 * the string alone decides. Not thread-safe.
 */
final class CandidateMatcher {
    /** Each string costs a search of its own; the automaton looks at each byte once, however many there are. */
    private static final int MAX_STRINGS = 8;

    private final RegexMatcher automaton;
    private final byte[][] strings;
    private final boolean decides;
    private final RequiredTexts required;

    CandidateMatcher(Regex regex) {
        Literals literals = Literals.of(regex);
        boolean searched = literals.best().size() <= MAX_STRINGS;
        this.automaton = new RegexMatcher(regex);
        this.strings = searched ? literals.best().stream().map(Bytes::array).toArray(byte[][]::new) : new byte[0][];
        this.decides = searched && literals.decides();
        this.required = new RequiredTexts(
                decides
                        ? List.of(Arrays.stream(strings).map(Needle::of).toList())
                        : literals.required().stream()
                                .map(CandidateMatcher::needles)
                                .filter(needles -> needles.size() <= MAX_STRINGS)
                                .toList());
    }

    /** Needles for a set of strings; where these are the same but for their case, fewer that do not tell cases apart. */
    private static List<Needle> needles(List<Bytes> texts) {
        List<Needle> anyCase = texts.stream()
                .map(text -> Needle.inAnyCase(text.array()))
                .distinct()
                .toList();
        return anyCase.size() < texts.size()
                ? anyCase
                : texts.stream().map(text -> Needle.of(text.array())).toList();
    }

    /** What to search for in blocks. */
    RequiredTexts required() {
        return required;
    }

    /** Whether a text that has what is required matches. */
    boolean decides() {
        return decides;
    }

    boolean matches(byte[] data, int from, int to) {
        if (strings.length > 0) {
            boolean candidate = isCandidate(data, from, to);
            if (decides || !candidate) {
                return candidate;
            }
        }
        return automaton.matches(data, from, to);
    }

    private boolean isCandidate(byte[] data, int from, int to) {
        for (byte[] string : strings) {
            if (ByteSearch.find(data, from, to, string, 0, string.length) >= 0) {
                return true;
            }
        }
        return false;
    }
}
