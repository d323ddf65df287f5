package dev.aquifer.spi.regex;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A pattern as a parser walks over it, code point by code point. */
final class PatternText {
    /** Longer patterns are refused; nobody writes one by hand. */
    private static final int MAX_LENGTH = 32_768;
    /** Longer patterns are shown cut. */
    private static final int SHOWN = 100;

    /** What {@link #peek} gives at the end. */
    static final int END = -1;

    private final String operator;
    private final int[] codePoints;
    private int at;

    /**
     * @param operator whose pattern it is, for messages
     * @throws AquiferException INVALID_ARGUMENT if the pattern is not UTF-8, or too long
     */
    PatternText(String operator, Bytes pattern) {
        this.operator = operator;
        this.codePoints = decode(operator, pattern);
        if (codePoints.length > MAX_LENGTH) {
            throw new AquiferException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the pattern of " + operator + " has " + codePoints.length + " characters, more than "
                            + MAX_LENGTH);
        }
    }

    /**
     * The code points of a pattern, or of what stands behind one.
     *
     * @throws AquiferException INVALID_ARGUMENT if it is not UTF-8
     */
    static int[] decode(String operator, Bytes text) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.array()))
                    .codePoints()
                    .toArray();
        } catch (CharacterCodingException e) {
            throw new AquiferException(
                    ErrorCode.INVALID_ARGUMENT, "'" + text + "' of " + operator + " is not UTF-8", e);
        }
    }

    int position() {
        return at;
    }

    boolean atEnd() {
        return at == codePoints.length;
    }

    /** The next code point, or {@link #END}. */
    int peek() {
        return peek(0);
    }

    /** The code point {@code ahead} of the next, or {@link #END}. */
    int peek(int ahead) {
        return at + ahead < codePoints.length ? codePoints[at + ahead] : END;
    }

    /** Takes the next code point. There must be one. */
    int next() {
        return codePoints[at++];
    }

    /** Takes the next code point if it is this one. */
    boolean take(int codePoint) {
        if (peek() != codePoint) {
            return false;
        }
        at++;
        return true;
    }

    boolean take(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (peek(i) != text.charAt(i)) {
                return false;
            }
        }
        at += length;
        return true;
    }

    /** What stands from a position to here. */
    String since(int position) {
        return new String(codePoints, position, at - position);
    }

    /** An error at a position, which people count from 1. */
    AquiferException error(int position, String what) {
        return new AquiferException(
                ErrorCode.INVALID_ARGUMENT,
                "the pattern " + this + " of " + operator + ": " + what + " at character " + (position + 1));
    }

    @Override
    public String toString() {
        String text = new String(codePoints, 0, Math.min(SHOWN, codePoints.length));
        return "'" + text + (codePoints.length > SHOWN ? "..." : "") + "'";
    }
}
