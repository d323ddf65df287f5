package dev.aquifer.spi.prune;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.regex.Literals;
import dev.aquifer.spi.regex.Regex;
import dev.aquifer.spi.type.Bytes;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The texts that a pattern of SIMILAR TO or a regular expression can match, as a range of bytes. */
final class RegexPrefix {
    /** More patterns than this are not remembered. */
    private static final int MOST_KNOWN = 64;

    /** The same question comes for each stripe of a query, and to parse a pattern takes longer than to ask the rest. */
    private static final Map<Pattern, ValueRange> KNOWN = new ConcurrentHashMap<>();

    /** @param third the escape, or the flags */
    private record Pattern(boolean similar, Bytes pattern, Bytes third) {
        Regex parse() {
            return similar ? Regex.similarTo(pattern, third) : Regex.search(pattern, third);
        }
    }

    private RegexPrefix() {}

    /** The range of texts that may match, or one without bounds where the pattern is malformed: it fails where it is run. */
    static ValueRange ofSimilar(Bytes pattern, Bytes escape) {
        return of(new Pattern(true, pattern, escape));
    }

    /** As {@link #ofSimilar}. */
    static ValueRange ofSearch(Bytes expression, Bytes flags) {
        return of(new Pattern(false, expression, flags));
    }

    private static ValueRange of(Pattern pattern) {
        if (KNOWN.size() >= MOST_KNOWN) {
            KNOWN.clear();
        }
        return KNOWN.computeIfAbsent(pattern, RegexPrefix::range);
    }

    private static ValueRange range(Pattern pattern) {
        try {
            return range(pattern.parse());
        } catch (AquiferException e) {
            return ValueRange.UNKNOWN;
        }
    }

    private static ValueRange range(Regex regex) {
        Literals literals = Literals.of(regex);
        Bytes low = Collections.min(literals.beginnings());
        if (literals.whole()) {
            return new ValueRange(low, Collections.max(literals.beginnings()), false, true);
        }
        Bytes high = low;
        for (Bytes beginning : literals.beginnings()) {
            // One that begins another goes further than that: ab up to ac, a up to b.
            Bytes end = LikePrefix.successor(beginning);
            if (end == null) {
                return new ValueRange(low, null, false, true);
            }
            high = end.compareTo(high) > 0 ? end : high;
        }
        return new ValueRange(low, high, false, true);
    }
}
