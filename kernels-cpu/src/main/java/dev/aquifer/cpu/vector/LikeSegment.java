package dev.aquifer.cpu.vector;

import dev.aquifer.spi.reference.LikePattern;
import dev.aquifer.spi.reference.Utf8;
import java.util.ArrayList;
import java.util.List;

/** A part of a LIKE pattern without {@code %}: bytes, each with a number of code points of any kind behind it. */
final class LikeSegment {
    static final int NONE = -1;

    /** Bytes, and how many code points of any kind come after them; no bytes only where the segment begins with {@code _}. */
    private record Piece(byte[] text, int gap) {}

    private final Piece[] pieces;
    private final byte[] text;

    private LikeSegment(List<Piece> pieces) {
        this.pieces = pieces.toArray(Piece[]::new);
        this.text = pieces.isEmpty() ? new byte[0] : pieces.getFirst().text;
    }

    /** The segments of a pattern, one more than it has {@code %}; empty ones where it begins or ends with that. */
    static List<LikeSegment> of(LikePattern pattern) {
        List<LikeSegment> segments = new ArrayList<>();
        List<Piece> pieces = new ArrayList<>();
        for (LikePattern.Part part : pattern.parts()) {
            switch (part) {
                case LikePattern.Text text -> pieces.add(new Piece(text.bytes().array(), 0));
                case LikePattern.Any any ->
                    pieces.add(new Piece(pieces.isEmpty() ? new byte[0] : pieces.removeLast().text, any.count()));
                case LikePattern.Run run -> {
                    segments.add(new LikeSegment(pieces));
                    pieces.clear();
                }
            }
        }
        segments.add(new LikeSegment(pieces));
        return segments;
    }

    boolean isEmpty() {
        return pieces.length == 0;
    }

    /** Whether it is bytes alone, or nothing. */
    boolean isText() {
        return isEmpty() || pieces.length == 1 && pieces[0].gap == 0;
    }

    /** Its first bytes. */
    byte[] text() {
        return text;
    }

    /** Where it ends that begins at {@code from}, or {@link #NONE}. */
    int end(byte[] data, int from, int to) {
        return to - from >= text.length && ByteSearch.matches(data, from, text) ? endAfterText(data, from, to) : NONE;
    }

    /** {@link #end} where its first bytes are known to be there. */
    private int endAfterText(byte[] data, int from, int to) {
        int at = from;
        for (int i = 0; i < pieces.length; i++) {
            Piece piece = pieces[i];
            if (i > 0 && (to - at < piece.text.length || !ByteSearch.matches(data, at, piece.text))) {
                return NONE;
            }
            at += piece.text.length;
            for (int gap = piece.gap; gap > 0; gap--) {
                if (at >= to) {
                    return NONE;
                }
                at += data[at] >= 0 ? 1 : Utf8.length(data, at, to);
            }
        }
        return at;
    }

    /** Where it first ends that begins at {@code from} or later, or {@link #NONE}; it must not be empty, nor begin with {@code _}. */
    int firstEnd(byte[] data, int from, int to) {
        int at = ByteSearch.find(data, from, to, text, 0, text.length);
        while (at >= 0) {
            int end = endAfterText(data, at, to);
            if (end >= 0) {
                return end;
            }
            at = ByteSearch.find(data, at + 1, to, text, 0, text.length);
        }
        return NONE;
    }

    /** Whether it ends at {@code to}, begun at {@code from} or later; see {@link #firstEnd}, but it may be empty. */
    boolean isAtEnd(byte[] data, int from, int to) {
        if (isText()) {
            return to - from >= text.length && ByteSearch.matches(data, to - text.length, text);
        }
        int at = ByteSearch.find(data, from, to, text, 0, text.length);
        while (at >= 0 && endAfterText(data, at, to) != to) {
            at = ByteSearch.find(data, at + 1, to, text, 0, text.length);
        }
        return at >= 0;
    }
}
