package dev.aquifer.spi.reference;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A parsed LIKE pattern: {@code %} stands for any run of code points, {@code _} for one, and the code point after the
 * escape for itself. Text that is not well-formed UTF-8 is matched as {@link Utf8} cuts it.
 */
public final class LikePattern {
    /** A part of a pattern, in order. Two runs never follow one another. */
    public sealed interface Part {}

    /** Exactly these bytes, at least one. */
    public record Text(Bytes bytes) implements Part {}

    /** Exactly {@code count} code points. */
    public record Any(int count) implements Part {}

    /** {@code %}: any number of code points. */
    public record Run() implements Part {}

    private final List<Part> parts;

    private LikePattern(List<Part> parts) {
        this.parts = Collections.unmodifiableList(parts);
    }

    /**
     * Parses a pattern.
     *
     * @param escape one code point, or empty for none
     * @param ignoreCase whether the pattern's text is to be in lower case, for ILIKE; the matched text must be too
     * @throws AquiferException INVALID_ARGUMENT if the pattern ends with the escape, the escape is longer than one code
     *     point, or either is not well-formed UTF-8
     */
    public static LikePattern parse(Bytes pattern, Bytes escape, boolean ignoreCase) {
        byte[] bytes = pattern.array();
        int end = pattern.length();
        if (Utf8.count(escape.array(), 0, escape.length()) > 1) {
            throw new AquiferException(
                    ErrorCode.INVALID_ARGUMENT, "the escape of LIKE must be one character, not '" + escape + "'");
        }
        if (!Utf8.isWellFormed(bytes, 0, end) || !Utf8.isWellFormed(escape.array(), 0, escape.length())) {
            throw new AquiferException(
                    ErrorCode.INVALID_ARGUMENT, "the pattern '" + pattern + "' of LIKE is not UTF-8");
        }
        int escapeCodePoint = escape.length() == 0 ? -1 : Utf8.codePoint(escape.array(), 0, escape.length());
        List<Part> parts = new ArrayList<>();
        byte[] text = new byte[4 * end];
        int textEnd = 0;
        int any = 0;
        boolean run = false;
        for (int at = 0; at < end; ) {
            int codePoint = Utf8.codePoint(bytes, at, end);
            at += Utf8.length(bytes, at, end);
            boolean escaped = codePoint == escapeCodePoint;
            if (escaped) {
                if (at == end) {
                    throw new AquiferException(
                            ErrorCode.INVALID_ARGUMENT,
                            "the pattern '" + pattern + "' of LIKE ends with its escape character");
                }
                codePoint = Utf8.codePoint(bytes, at, end);
                at += Utf8.length(bytes, at, end);
            }
            if (!escaped && (codePoint == '%' || codePoint == '_')) {
                if (textEnd > 0) {
                    parts.add(new Text(Bytes.copyOf(text, 0, textEnd)));
                    textEnd = 0;
                }
                any += codePoint == '_' ? 1 : 0;
                run |= codePoint == '%';
            } else {
                wildcards(parts, any, run);
                any = 0;
                run = false;
                textEnd += Utf8.encode(ignoreCase ? Character.toLowerCase(codePoint) : codePoint, text, textEnd);
            }
        }
        if (textEnd > 0) {
            parts.add(new Text(Bytes.copyOf(text, 0, textEnd)));
        }
        wildcards(parts, any, run);
        return new LikePattern(parts);
    }

    /** Wildcards next to each other come in any order; kept is {@code _} before {@code %}, which means the same. */
    private static void wildcards(List<Part> parts, int any, boolean run) {
        if (any > 0) {
            parts.add(new Any(any));
        }
        if (run) {
            parts.add(new Run());
        }
    }

    public List<Part> parts() {
        return parts;
    }

    /** Whether {@code bytes[from .. to)} matches. Takes time proportional to text times pattern, at worst. */
    public boolean matches(byte[] bytes, int from, int to) {
        int at = from;
        int part = 0;
        int runPart = -1;
        int runAt = from;
        while (true) {
            int next = -1;
            if (part < parts.size()) {
                switch (parts.get(part)) {
                    case Run run -> {
                        runPart = part;
                        runAt = at;
                        part++;
                        continue;
                    }
                    case Text text -> next = after(text.bytes(), bytes, at, to);
                    case Any any -> next = after(any.count(), bytes, at, to);
                }
                if (next >= 0) {
                    at = next;
                    part++;
                    continue;
                }
            } else if (at == to || runPart >= 0 && runPart == parts.size() - 1) {
                return true;
            }
            // Mismatch: let the last run take one code point more, or give up.
            if (runPart < 0 || runAt >= to) {
                return false;
            }
            runAt += Utf8.length(bytes, runAt, to);
            at = runAt;
            part = runPart + 1;
        }
    }

    private static int after(Bytes text, byte[] bytes, int at, int to) {
        int length = text.length();
        if (to - at < length) {
            return -1;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[at + i] != text.at(i)) {
                return -1;
            }
        }
        return at + length;
    }

    private static int after(int codePoints, byte[] bytes, int at, int to) {
        int next = at;
        for (int i = 0; i < codePoints; i++) {
            if (next >= to) {
                return -1;
            }
            next += Utf8.length(bytes, next, to);
        }
        return next;
    }
}
