package dev.aquifer.spi.regex;

import dev.aquifer.spi.error.AquiferException;

/** How often something is to be repeated: {@code *}, {@code +}, {@code ?}, {@code {m}}, {@code {m,}} and {@code {m,n}}. */
final class QuantifierParser {
    /** The most that a quantifier may ask for, as in RE2. */
    static final int MAX_REPEAT = 1000;

    private final PatternText text;

    QuantifierParser(PatternText text) {
        this.text = text;
    }

    /** Whether one begins here. A brace without a digit behind it is a character. */
    boolean begin() {
        int next = text.peek();
        return next == '*' || next == '+' || next == '?' || next == '{' && isDigit(text.peek(1));
    }

    /**
     * The node, repeated as the quantifier says that begins here.
     *
     * @throws AquiferException INVALID_ARGUMENT for a malformed one, or more than {@value #MAX_REPEAT} times
     */
    Node parse(Node body) {
        int start = text.position();
        return switch (text.next()) {
            case '*' -> new Node.Repeat(body, 0, Node.Repeat.UNBOUNDED);
            case '+' -> new Node.Repeat(body, 1, Node.Repeat.UNBOUNDED);
            case '?' -> new Node.Repeat(body, 0, 1);
            default -> counted(body, start);
        };
    }

    private Node counted(Node body, int start) {
        int min = number(start);
        int max = min;
        if (text.take(',')) {
            max = isDigit(text.peek()) ? number(start) : Node.Repeat.UNBOUNDED;
        }
        if (!text.take('}')) {
            throw text.error(start, "a repetition is not closed by '}'; it begins");
        }
        if (max != Node.Repeat.UNBOUNDED && max < min) {
            throw text.error(start, "the repetition '" + text.since(start) + "' has its greater number first,");
        }
        return new Node.Repeat(body, min, max);
    }

    private int number(int start) {
        int number = 0;
        while (isDigit(text.peek())) {
            number = 10 * number + (text.next() - '0');
            if (number > MAX_REPEAT) {
                throw text.error(start, "a repetition of more than " + MAX_REPEAT + " times");
            }
        }
        return number;
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }
}
