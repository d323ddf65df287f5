package dev.aquifer.cpu.vector;

import dev.aquifer.spi.reference.LikePattern;
import dev.aquifer.spi.type.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A LIKE pattern by its shape. Texts with runs of anything between them need no more than finding bytes: a well-formed
 * text cannot begin within a code point of another.
 */
final class LikeMatcher {
    private enum Shape {
        EQUALS,
        PREFIX,
        SUFFIX,
        CONTAINS,
        /** A beginning and an end. */
        ENDS,
        /** A beginning, texts in order, an end; each may be empty. */
        PARTS,
        /** With {@code _}. */
        SEGMENTS
    }

    private final Shape shape;
    private final LikeSegments segments;
    private final byte[] prefix;
    private final byte[] suffix;
    private final byte[][] middle;
    private final int least;
    private final List<byte[]> literals;

    private LikeMatcher(LikePattern pattern) {
        this.segments = new LikeSegments(pattern);
        List<LikePattern.Part> parts = pattern.parts();
        boolean general = parts.stream().anyMatch(LikePattern.Any.class::isInstance);
        boolean runs = parts.stream().anyMatch(LikePattern.Run.class::isInstance);
        List<byte[]> texts = new ArrayList<>();
        int length = 0;
        for (LikePattern.Part part : parts) {
            if (part instanceof LikePattern.Text text) {
                texts.add(text.bytes().array());
                length += text.bytes().length();
            }
        }
        this.least = length;
        this.literals = List.copyOf(texts);
        boolean anchored = !parts.isEmpty() && parts.getFirst() instanceof LikePattern.Text;
        boolean closed = runs && parts.getLast() instanceof LikePattern.Text;
        this.prefix = anchored ? texts.removeFirst() : new byte[0];
        this.suffix = closed ? texts.removeLast() : new byte[0];
        this.middle = texts.toArray(byte[][]::new);
        if (general) {
            this.shape = Shape.SEGMENTS;
        } else if (!runs) {
            this.shape = Shape.EQUALS;
        } else if (middle.length == 0 && !closed) {
            this.shape = Shape.PREFIX;
        } else if (middle.length == 0 && !anchored) {
            this.shape = Shape.SUFFIX;
        } else if (middle.length == 0) {
            this.shape = Shape.ENDS;
        } else if (middle.length == 1 && !anchored && !closed) {
            this.shape = Shape.CONTAINS;
        } else {
            this.shape = Shape.PARTS;
        }
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
        return shape == Shape.CONTAINS;
    }

    /** What decides by a text's ends alone whether it matches, or null where more has to be looked at. */
    @Nullable
    TextEnds ends() {
        return switch (shape) {
            case EQUALS, PREFIX, SUFFIX, ENDS -> new TextEnds(prefix, suffix, shape == Shape.EQUALS);
            case CONTAINS, PARTS, SEGMENTS -> null;
        };
    }

    boolean matches(byte[] data, int from, int to) {
        int length = to - from;
        if (length < least) {
            return false;
        }
        return switch (shape) {
            case EQUALS -> length == prefix.length && ByteSearch.matches(data, from, prefix);
            case PREFIX -> ByteSearch.matches(data, from, prefix);
            case SUFFIX -> ByteSearch.matches(data, to - suffix.length, suffix);
            case CONTAINS -> ByteSearch.find(data, from, to, middle[0], 0, middle[0].length) >= 0;
            case ENDS, PARTS -> parts(data, from, to);
            case SEGMENTS -> segments.matches(data, from, to);
        };
    }

    /** The first place of each text leaves the most for those after it. */
    private boolean parts(byte[] data, int from, int to) {
        if (!ByteSearch.matches(data, from, prefix) || !ByteSearch.matches(data, to - suffix.length, suffix)) {
            return false;
        }
        int at = from + prefix.length;
        int end = to - suffix.length;
        for (byte[] text : middle) {
            int found = ByteSearch.find(data, at, end, text, 0, text.length);
            if (found < 0) {
                return false;
            }
            at = found + text.length;
        }
        return true;
    }
}
