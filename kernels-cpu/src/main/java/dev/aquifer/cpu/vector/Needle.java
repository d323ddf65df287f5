package dev.aquifer.cpu.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A string of bytes to search for; in any case, its ASCII letters stand for both cases. A byte of a text is right where it is that of
 * the needle after {@code byte | fold(place)}.
 */
final class Needle {
    private static final byte CASE = 0x20;

    private final byte[] bytes;
    private final byte[] folds;

    private Needle(byte[] bytes, byte[] folds) {
        this.bytes = bytes;
        this.folds = folds;
    }

    /** Just these bytes, at least one. */
    static Needle of(byte[] bytes) {
        return new Needle(bytes, new byte[bytes.length]);
    }

    /** These bytes, at least one, with ASCII letters in either case. */
    static Needle inAnyCase(byte[] bytes) {
        byte[] lower = bytes.clone();
        byte[] folds = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            if (isLetter(bytes[i])) {
                lower[i] |= CASE;
                folds[i] = CASE;
            }
        }
        return new Needle(lower, folds);
    }

    /**
     * Needles that every text has whose lower-case form has the given string. Letters that other characters than ASCII's become in
     * lower case (the Kelvin sign is a k, a capital I with a dot begins with an i), or that are another's other case (the long s),
     * are not searched for; nor is what is not ASCII.
     */
    static List<Needle> ofLowerCase(byte[] lower) {
        List<Needle> needles = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= lower.length; at++) {
            if (at == lower.length || lower[at] < 0 || lower[at] == 'k' || lower[at] == 'i' || lower[at] == 's') {
                if (at > from) {
                    needles.add(inAnyCase(Arrays.copyOfRange(lower, from, at)));
                }
                from = at + 1;
            }
        }
        return needles;
    }

    static boolean isLetter(byte value) {
        int lower = value | CASE;
        return lower >= 'a' && lower <= 'z';
    }

    int length() {
        return bytes.length;
    }

    byte at(int place) {
        return bytes[place];
    }

    byte fold(int place) {
        return folds[place];
    }

    boolean isAt(byte[] text, int from) {
        for (int i = 0; i < bytes.length; i++) {
            if (!isRight(text[from + i], i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a byte of a text may stand at a place of the needle. */
    boolean isRight(byte value, int place) {
        return (byte) (value | folds[place]) == bytes[place];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Needle that && Arrays.equals(bytes, that.bytes) && Arrays.equals(folds, that.folds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
