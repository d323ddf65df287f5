package dev.aquifer.engine.random;

import java.util.List;
import java.util.Random;

/**
 * Random patterns of SIMILAR TO and regular expressions. DuckDB reads both as RE2 does: the first have to be translated, and
 * {@code .} told to match line feeds.
 */
final class Regexes {
    private static final List<String> PIECES =
            List.of("a", "e", "p", "pp", "1", "9", "é", "😀", "long", "[a-e]", "[^a]", "[[:digit:]]", " ");
    private static final List<String> QUANTIFIERS = List.of("", "", "", "*", "+", "?", "{2}", "{1,2}");

    private final Random random;

    Regexes(Random random) {
        this.random = random;
    }

    /** A condition on a text. */
    Sql condition(Sql text) {
        if (random.nextBoolean()) {
            Sql pattern = similar(2);
            String not = random.nextBoolean() ? "" : "NOT ";
            return Sql.forms(
                    "#1; " + not + "SIMILAR TO '#2;'", not + "regexp_full_match(#1;, '#2;', 's')", text, pattern);
        }
        Sql pattern = regex(2);
        return switch (random.nextInt(3)) {
            case 0 -> Sql.forms("#1; ~ '#2;'", "regexp_matches(#1;, '#2;', 's')", text, pattern);
            case 1 -> Sql.forms("#1; !~ '#2;'", "NOT regexp_matches(#1;, '#2;', 's')", text, pattern);
            default -> Sql.forms("#1; ~* '#2;'", "regexp_matches(#1;, '#2;', 'si')", text, pattern);
        };
    }

    private Sql similar(int depth) {
        Sql pattern = Sql.of("");
        for (int i = random.nextInt(4); i > 0; i--) {
            Sql part = switch (random.nextInt(8)) {
                case 0, 1 -> new Sql("%", ".*");
                case 2 -> new Sql("_", ".");
                case 3 -> new Sql("\\%", "%");
                case 4 -> new Sql(".", "\\.");
                case 5 -> depth == 0 ? piece() : Sql.format("(#1;)", similar(depth - 1));
                default -> piece();
            };
            pattern = Sql.format("#1;#2;", pattern, part);
        }
        return depth > 0 && random.nextInt(3) == 0 ? Sql.format("#1;|#2;", pattern, similar(depth - 1)) : pattern;
    }

    private Sql regex(int depth) {
        Sql pattern = Sql.of("");
        for (int i = random.nextInt(4); i > 0; i--) {
            Sql part = switch (random.nextInt(8)) {
                case 0 -> Sql.of(any(List.of("^", "$", "\\b")));
                case 1 -> Sql.of("." + any(QUANTIFIERS));
                case 2 -> Sql.of(any(List.of("\\d", "\\w", "\\W", "\\.")));
                case 3 -> depth == 0 ? piece() : Sql.format("(#1;)" + any(QUANTIFIERS), regex(depth - 1));
                default -> piece();
            };
            pattern = Sql.format("#1;#2;", pattern, part);
        }
        return depth > 0 && random.nextInt(3) == 0 ? Sql.format("#1;|#2;", pattern, regex(depth - 1)) : pattern;
    }

    private Sql piece() {
        return Sql.of(any(PIECES) + any(QUANTIFIERS));
    }

    private String any(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
