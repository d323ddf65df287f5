package dev.aquifer.spi.regex;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;

/** Patterns of SIMILAR TO: those of LIKE, with alternation, quantifiers, groups and brackets. */
final class SimilarParser extends PatternParser {
    static final String OPERATOR = "SIMILAR TO";

    private SimilarParser(PatternText text, int escape) {
        super(text, new Escapes(text, escape, false));
    }

    /** @throws AquiferException INVALID_ARGUMENT, with the position where there is one */
    static Node parse(Bytes pattern, Bytes escape) {
        PatternText text = new PatternText(OPERATOR, pattern);
        int[] character = PatternText.decode(OPERATOR, escape);
        if (character.length > 1) {
            throw new AquiferException(
                    ErrorCode.INVALID_ARGUMENT, "the escape of SIMILAR TO must be one character, not '" + escape + "'");
        }
        return new SimilarParser(text, character.length == 0 ? Escapes.NONE : character[0]).parse();
    }

    @Override
    Node escaped() {
        return new Node.Chars(escapes.parse());
    }

    @Override
    Node atom(int depth) {
        int start = text.position();
        int codePoint = text.next();
        return switch (codePoint) {
            case '%' -> Node.ANYTHING;
            case '_' -> new Node.Chars(CodePointSet.ANY);
            case '[' -> new Node.Chars(brackets.parse(RegexFlags.NONE));
            case '(' -> group(start, depth);
            default -> new Node.Chars(CodePointSet.of(codePoint));
        };
    }

    @Override
    void quantified() {
        // Nothing: there are no lazy quantifiers.
    }
}
