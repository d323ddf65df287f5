package dev.aquifer.hwtests.generate;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.util.List;
import java.util.Random;

/** Calls of SIMILAR_TO and REGEXP_LIKE, with patterns over the characters that random texts have. */
final class RandomRegexes {
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "ab",
            "c",
            "A",
            " ",
            "\u00e9",
            "\ud83d\ude00",
            "requests",
            "PROMO",
            "[ab]",
            "[^a]",
            "[a-c\u00e9]");
    private static final List<String> OF_SIMILAR =
            List.of("%", "%", "_", "#%", "#_", "##", "#(", "[[:upper:]]", "[_%]");
    private static final List<String> OF_REGEX =
            List.of(".", ".*", "^", "$", "\\b", "\\B", "\\w", "\\W", "\\d", "(?i)b", "[[:alpha:]]", "\\%", "_");
    private static final List<String> QUANTIFIERS = List.of("*", "+", "?", "{2}", "{1,2}", "{0,1}", "{1,}");
    private static final List<String> FLAGS = List.of("", "i", "n", "ic", "p", "w", "s");

    private final Random random;

    RandomRegexes(Random random) {
        this.random = random;
    }

    /** One of the two, of a text. */
    Expr call(Expr text) {
        return call(random.nextBoolean() ? Function.SIMILAR_TO : Function.REGEXP_LIKE, text);
    }

    Expr call(Function function, Expr text) {
        boolean similar = function == Function.SIMILAR_TO;
        Expr pattern = literal(pattern(similar ? OF_SIMILAR : OF_REGEX, 2));
        if (similar) {
            return Expr.call(function, text, pattern, literal("#"));
        }
        return random.nextBoolean()
                ? Expr.call(function, text, pattern)
                : Expr.call(function, text, pattern, literal(any(FLAGS)));
    }

    private String pattern(List<String> special, int depth) {
        StringBuilder pattern = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            pattern.append(part(special, depth));
        }
        return depth > 0 && random.nextInt(4) == 0 ? pattern + "|" + pattern(special, depth - 1) : pattern.toString();
    }

    private String part(List<String> special, int depth) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> any(special);
            case 3 -> depth == 0 ? any(PIECES) : "(" + pattern(special, depth - 1) + ")" + any(QUANTIFIERS);
            case 4 -> any(PIECES) + any(QUANTIFIERS);
            default -> any(PIECES);
        };
    }

    private static Expr literal(String text) {
        return new Expr.Literal(DataType.VARCHAR, Bytes.utf8(text));
    }

    private String any(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
