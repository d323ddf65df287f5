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
        Bytes last = Collections.max(literals.beginnings());
        return new ValueRange(
                Collections.min(literals.beginnings()),
                literals.whole() ? last : LikePrefix.successor(last),
                false,
                true);
    }
}
