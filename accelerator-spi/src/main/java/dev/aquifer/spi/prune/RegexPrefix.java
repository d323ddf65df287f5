package dev.aquifer.spi.prune;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.regex.Literals;
import dev.aquifer.spi.regex.Regex;
import dev.aquifer.spi.type.Bytes;
import java.util.Collections;

/** The texts that a pattern of SIMILAR TO or a regular expression can match, as a range of bytes. */
final class RegexPrefix {
    private RegexPrefix() {}

    /** The range of texts that may match, or one without bounds where the pattern is malformed: it fails where it is run. */
    static ValueRange ofSimilar(Bytes pattern, Bytes escape) {
        try {
            return range(Regex.similarTo(pattern, escape));
        } catch (AquiferException e) {
            return ValueRange.UNKNOWN;
        }
    }

    /** As {@link #ofSimilar}. */
    static ValueRange ofSearch(Bytes expression, Bytes flags) {
        try {
            return range(Regex.search(expression, flags));
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
