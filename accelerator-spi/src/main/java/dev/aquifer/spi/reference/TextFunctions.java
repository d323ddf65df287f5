package dev.aquifer.spi.reference;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * The TEXT family. Characters are code points as {@link Utf8} cuts them; a malformed byte is a character, and is kept as
 * it is. POSITION and REPLACE find bytes.
 */
final class TextFunctions {
    /** The longest text a function gives, as in PostgreSQL: 1 GiB. */
    private static final long MAX_BYTES = 1L << 30;

    private TextFunctions() {}

    static Strict of(Primitive primitive) {
        return switch (primitive) {
            case SUBSTRING ->
                args -> args.length == 2
                        ? substring((Bytes) args[0], (Long) args[1])
                        : substring((Bytes) args[0], (Long) args[1], (Long) args[2]);
            case UPPER -> args -> mapCase((Bytes) args[0], Character::toUpperCase);
            case LOWER -> args -> mapCase((Bytes) args[0], Character::toLowerCase);
            case CHAR_LENGTH -> args -> (long) count((Bytes) args[0]);
            case CONCAT -> args -> concat(List.of((Bytes) args[0], (Bytes) args[1]));
            case TRIM -> args -> trim(args, true, true);
            case LTRIM -> args -> trim(args, true, false);
            case RTRIM -> args -> trim(args, false, true);
            case POSITION -> args -> position((Bytes) args[0], (Bytes) args[1]);
            case REPLACE -> args -> replace((Bytes) args[0], (Bytes) args[1], (Bytes) args[2]);
            default -> throw new IllegalArgumentException(primitive + " is not a text function");
        };
    }

    private static int count(Bytes text) {
        return Utf8.count(text.array(), 0, text.length());
    }

    private static Bytes substring(Bytes text, long from) {
        int start = Utf8.skip(text.array(), 0, text.length(), from - 1 > from ? 0 : from - 1);
        return Bytes.copyOf(text.array(), start, text.length());
    }

    private static Bytes substring(Bytes text, long from, long length) {
        if (length < 0) {
            throw new AquiferException(ErrorCode.INVALID_ARGUMENT, "negative substring length " + length);
        }
        // The characters wanted are [from, from + length), of which [1, end) exist.
        long end = from + length < from ? Long.MAX_VALUE : from + length;
        long first = Math.max(from, 1);
        int start = Utf8.skip(text.array(), 0, text.length(), first - 1);
        int stop = Utf8.skip(text.array(), start, text.length(), end <= first ? 0 : end - first);
        return Bytes.copyOf(text.array(), start, stop);
    }

    static Bytes mapCase(Bytes text, IntUnaryOperator map) {
        List<Bytes> mapped = new ArrayList<>();
        for (Bytes character : characters(text)) {
            int codePoint = Utf8.codePoint(character.array(), 0, character.length());
            if (codePoint < 0) {
                mapped.add(character);
            } else {
                byte[] bytes = new byte[4];
                int length = Utf8.encode(map.applyAsInt(codePoint), bytes, 0);
                mapped.add(Bytes.copyOf(bytes, 0, length));
            }
        }
        return concat(mapped);
    }

    private static List<Bytes> characters(Bytes text) {
        List<Bytes> characters = new ArrayList<>();
        int length;
        for (int at = 0; at < text.length(); at += length) {
            length = Utf8.length(text.array(), at, text.length());
            characters.add(Bytes.copyOf(text.array(), at, at + length));
        }
        return characters;
    }

    private static Bytes concat(List<Bytes> parts) {
        long length = 0;
        for (Bytes part : parts) {
            length += part.length();
        }
        if (length > MAX_BYTES) {
            throw new AquiferException(
                    ErrorCode.OUT_OF_RANGE, "a text of " + length + " bytes is longer than " + MAX_BYTES);
        }
        byte[] bytes = new byte[(int) length];
        int at = 0;
        for (Bytes part : parts) {
            System.arraycopy(part.array(), 0, bytes, at, part.length());
            at += part.length();
        }
        return Bytes.of(bytes);
    }

    private static Bytes trim(Object[] args, boolean left, boolean right) {
        Set<Bytes> unwanted = args.length == 1 ? Set.of(Bytes.utf8(" ")) : new HashSet<>(characters((Bytes) args[1]));
        List<Bytes> characters = characters((Bytes) args[0]);
        int from = 0;
        int to = characters.size();
        while (left && from < to && unwanted.contains(characters.get(from))) {
            from++;
        }
        while (right && from < to && unwanted.contains(characters.get(to - 1))) {
            to--;
        }
        return concat(characters.subList(from, to));
    }

    private static long position(Bytes text, Bytes needle) {
        int at = find(text, needle, 0);
        return at < 0 ? 0 : Utf8.count(text.array(), 0, at) + 1L;
    }

    /** The offset of the first occurrence at or after {@code from}, or -1. */
    private static int find(Bytes text, Bytes needle, int from) {
        for (int at = from; at <= text.length() - needle.length(); at++) {
            int matched = 0;
            while (matched < needle.length() && text.at(at + matched) == needle.at(matched)) {
                matched++;
            }
            if (matched == needle.length()) {
                return at;
            }
        }
        return -1;
    }

    private static Bytes replace(Bytes text, Bytes needle, Bytes replacement) {
        if (needle.length() == 0) {
            return text;
        }
        List<Bytes> parts = new ArrayList<>();
        int done = 0;
        int at = find(text, needle, 0);
        while (at >= 0) {
            parts.add(Bytes.copyOf(text.array(), done, at));
            parts.add(replacement);
            done = at + needle.length();
            at = find(text, needle, done);
        }
        parts.add(Bytes.copyOf(text.array(), done, text.length()));
        return concat(parts);
    }
}
