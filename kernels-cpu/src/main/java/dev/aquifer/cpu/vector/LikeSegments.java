package dev.aquifer.cpu.vector;

import dev.aquifer.spi.reference.LikePattern;
import dev.aquifer.spi.reference.Utf8;
import java.util.ArrayList;
import java.util.List;

/**
 * A LIKE pattern with {@code _}, cut where it has {@code %}. Each part but the first begins with bytes that can be searched for, and
 * the first place where a part matches leaves the most for those after it; only the last has to be tried at each, as it must
 * end where the text does.
 */
final class LikeSegments {
    /** Bytes, and how many code points of any kind come after them. */
    private record Piece(byte[] text, int gap) {}

    private static final class Segment {
        private static final int NONE = -1;

        private final List<Piece> pieces = new ArrayList<>();

        boolean isEmpty() {
            return pieces.isEmpty();
        }

        void add(LikePattern.Part part) {
            switch (part) {
                case LikePattern.Text text -> pieces.add(new Piece(text.bytes().array(), 0));
                case LikePattern.Any any ->
                    pieces.add(new Piece(pieces.isEmpty() ? new byte[0] : pieces.removeLast().text, any.count()));
                case LikePattern.Run run -> throw new IllegalArgumentException(run + " is between segments");
            }
        }

        /** Where it ends that begins at {@code from}, or {@link #NONE}. */
        int end(byte[] data, int from, int to) {
            int at = from;
            for (int i = 0; i < pieces.size(); i++) {
                Piece piece = pieces.get(i);
                byte[] text = piece.text;
                if (to - at < text.length || !ByteSearch.matches(data, at, text)) {
                    return NONE;
                }
                at += text.length;
                for (int gap = piece.gap; gap > 0; gap--) {
                    if (at >= to) {
                        return NONE;
                    }
                    at += data[at] >= 0 ? 1 : Utf8.length(data, at, to);
                }
            }
            return at;
        }

        /** Where it first ends that begins at {@code from} or later, or {@link #NONE}. */
        int firstEnd(byte[] data, int from, int to, boolean atEnd) {
            byte[] text = pieces.getFirst().text;
            int at = ByteSearch.find(data, from, to, text, 0, text.length);
            while (at >= 0) {
                int end = end(data, at, to);
                if (end >= 0 && (!atEnd || end == to)) {
                    return end;
                }
                at = ByteSearch.find(data, at + 1, to, text, 0, text.length);
            }
            return NONE;
        }
    }

    private final List<Segment> segments = new ArrayList<>();

    LikeSegments(LikePattern pattern) {
        segments.add(new Segment());
        for (LikePattern.Part part : pattern.parts()) {
            if (part instanceof LikePattern.Run) {
                segments.add(new Segment());
            } else {
                segments.getLast().add(part);
            }
        }
    }

    boolean matches(byte[] data, int from, int to) {
        int at = segments.getFirst().end(data, from, to);
        int last = segments.size() - 1;
        for (int i = 1; i < last && at >= 0; i++) {
            at = segments.get(i).firstEnd(data, at, to, false);
        }
        if (at < 0) {
            return false;
        }
        if (last == 0) {
            return at == to;
        }
        Segment end = segments.get(last);
        return end.isEmpty() || end.firstEnd(data, at, to, true) >= 0;
    }
}
