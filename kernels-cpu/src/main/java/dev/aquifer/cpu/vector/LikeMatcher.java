package dev.aquifer.cpu.vector;

import dev.aquifer.spi.reference.LikePattern;
import dev.aquifer.spi.type.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A LIKE pattern, cut where it has {@code %}. Each segment but the first begins with bytes that can be searched for, as a well-formed
 * text cannot begin within a code point of another; and the first place where a segment matches leaves the most for those after it.
 * Only of the last one each place counts, as it must end where the text does.
 */
final class LikeMatcher {
    private final LikeSegment[] segments;
    private final int least;
    private final List<byte[]> literals;

    private LikeMatcher(LikePattern pattern) {
        this.segments = LikeSegment.of(pattern).toArray(LikeSegment[]::new);
        this.literals = pattern.parts().stream()
                .filter(LikePattern.Text.class::isInstance)
                .map(part -> ((LikePattern.Text) part).bytes().array())
                .toList();
        this.least = literals.stream().mapToInt(text -> text.length).sum();
    }

    static LikeMatcher parse(Bytes pattern, Bytes escape, boolean ignoreCase) {
        return new LikeMatcher(LikePattern.parse(pattern, escape, ignoreCase));
    }

    /** Strings of bytes that every text that matches contains, none of them empty; none where nothing is known. */
    List<byte[]> literals() {
        return literals;
    }

    /** Whether a text matches if, and only if, it contains the one literal. */
    boolean isContains() {
        return segments.length == 3 && segments[0].isEmpty() && segments[1].isText() && segments[2].isEmpty();
    }

    /** What decides by a text's ends alone whether it matches, or null where more has to be looked at. */
    @Nullable
    TextEnds ends() {
        LikeSegment first = segments[0];
        LikeSegment last = segments[segments.length - 1];
        if (segments.length > 2 || !first.isText() || !last.isText()) {
            return null;
        }
        boolean whole = first == last;
        return new TextEnds(first.text(), whole ? new byte[0] : last.text(), whole);
    }

    boolean matches(byte[] data, int from, int to) {
        if (to - from < least) {
            return false;
        }
        int at = segments[0].end(data, from, to);
        int last = segments.length - 1;
        for (int i = 1; i < last && at >= 0; i++) {
            at = segments[i].firstEnd(data, at, to);
        }
        return at >= 0 && (last == 0 ? at == to : segments[last].isAtEnd(data, at, to));
    }
}
