package dev.aquifer.spi.regex;

import dev.aquifer.spi.error.AquiferException;

/**
 * What an escape character and what follows it stand for: a class for d, s, w and their capitals, and else, before anything that
 * is no ASCII letter or digit, that character itself. Regular expressions have control characters and code points too.
 */
final class Escapes {
    /** No escape; it is no character, and not {@link PatternText#END} either. */
    static final int NONE = -2;

    private static final int MAX_DIGITS = 8;

    private final PatternText text;
    private final int character;
    private final boolean controls;

    /**
     * @param character the escape, or {@link #NONE}
     * @param controls whether {@code \n}, {@code \x41} and their like are known
     */
    Escapes(PatternText text, int character, boolean controls) {
        this.text = text;
        this.character = character;
        this.controls = controls;
    }

    /** Whether one begins here. */
    boolean begin() {
        return is(text.peek());
    }

    /** Whether a character is the escape. */
    boolean is(int codePoint) {
        return codePoint == character;
    }

    /**
     * Takes the escape that stands here, and what follows it.
     *
     * @throws AquiferException INVALID_ARGUMENT for an escape that means nothing
     */
    CodePointSet parse() {
        int start = text.position();
        text.next();
        if (text.atEnd()) {
            throw text.error(start, "it ends with its escape character,");
        }
        int codePoint = text.next();
        if (codePoint == character) {
            return CodePointSet.of(codePoint);
        }
        CodePointSet named = NamedClass.byLetter(codePoint);
        if (named != null) {
            return named;
        }
        boolean plain = codePoint >= 0x80 || !Character.isLetterOrDigit(codePoint);
        return CodePointSet.of(plain ? codePoint : controls ? control(codePoint, start) : none(start));
    }

    private int control(int letter, int start) {
        return switch (letter) {
            case 'a' -> 0x07;
            case 'e' -> 0x1b;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            case 'x' -> text.take('{') ? braced(start) : hexadecimal(2, start);
            case 'u' -> hexadecimal(4, start);
            case 'U' -> hexadecimal(8, start);
            case '0' -> octal();
            case '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
                throw text.error(start, "back references are not supported: '" + text.since(start) + "'");
            case 'p', 'P' ->
                throw text.error(start, "classes of Unicode properties are not supported: '" + text.since(start) + "'");
            default -> none(start);
        };
    }

    /** Up to two digits behind the zero. */
    private int octal() {
        int value = 0;
        for (int i = 0; i < 2 && text.peek() >= '0' && text.peek() <= '7'; i++) {
            value = 8 * value + (text.next() - '0');
        }
        return value;
    }

    private int none(int start) {
        throw text.error(start, "'" + text.since(start) + "' is no escape");
    }

    private int braced(int start) {
        int digits = 0;
        while (digits <= MAX_DIGITS && text.peek(digits) != '}') {
            digits++;
        }
        int codePoint = hexadecimal(digits, start);
        text.next();
        return codePoint;
    }

    private int hexadecimal(int digits, int start) {
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(text.peek(), 16);
            if (digit < 0 || text.peek() >= 0x80) {
                throw text.error(start, "'" + text.since(start) + "' lacks hexadecimal digits");
            }
            value = 16 * value + digit;
            text.next();
        }
        boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
        if (digits == 0 || digits > MAX_DIGITS || surrogate || value > Character.MAX_CODE_POINT) {
            throw text.error(start, "'" + text.since(start) + "' is no code point");
        }
        return (int) value;
    }
}
