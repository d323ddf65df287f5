package dev.aquifer.spi.regex;

import java.util.List;
import java.util.SplittableRandom;

/** Random patterns over a few characters, so that they match, nearly match, and match in more than one way. */
public final class RandomPatterns {
    private static final List<String> CHARACTERS =
            List.of("a", "b", "A", "B", "1", "_", " ", "\n", "é", "É", "水", "😀");
    private static final List<String> BRACKETS = List.of(
            "[ab]", "[a-c]", "[é-水]", "[^a]", "[^é😀]", "[[:alpha:]]", "[^[:digit:]_]", "[]a]", "[b-]", "[A-Z水]");
    private static final List<String> QUANTIFIERS = List.of("*", "+", "?", "{2}", "{0,2}", "{1,}", "{0}", "{1,3}");

    private final SplittableRandom random;

    public RandomPatterns(SplittableRandom random) {
        this.random = random;
    }

    /** A pattern of SIMILAR TO, and a regular expression that says the same. */
    record Pair(String similar, String regex) {}

    public String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(9); i > 0; i--) {
            text.append(any(CHARACTERS));
        }
        return text.toString();
    }

    /** A regular expression that RE2 reads as we do, but for {@code .}, which is to match line feeds too. */
    public String regex(int depth) {
        StringBuilder pattern = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            pattern.append(part(depth));
        }
        return depth > 0 && random.nextInt(4) == 0 ? pattern + "|" + regex(depth - 1) : pattern.toString();
    }

    private String part(int depth) {
        return switch (random.nextInt(16)) {
            case 0 -> any(List.of("^", "$", "\\b", "\\B", "\\A", "\\z", "(?m:^)", "(?m:$)"));
            case 1 -> any(List.of("\\d", "\\w", "\\W", "\\D", "\\S", "\\.", "\\x{e9}", "\\n", "\\*"));
            case 2, 3 -> any(BRACKETS) + quantifier();
            case 4 -> "." + quantifier();
            case 5, 6, 7 ->
                depth == 0 ? any(CHARACTERS) : any(List.of("(", "(?:")) + regex(depth - 1) + ")" + quantifier();
            // Not around large sets: folding one takes RE2J a tenth of a second.
            case 8 -> any(List.of("(?i:a)", "(?i:[aé1]B)", "(?i:É|水b)")) + quantifier();
            default -> any(CHARACTERS) + quantifier();
        };
    }

    private String quantifier() {
        return random.nextInt(3) > 0 ? "" : any(QUANTIFIERS) + (random.nextInt(4) == 0 ? "?" : "");
    }

    /** Of SIMILAR TO with the escape {@code #}. */
    Pair similar(int depth) {
        StringBuilder similar = new StringBuilder();
        StringBuilder regex = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            Pair part = similarPart(depth);
            String quantifier = random.nextInt(3) > 0 ? "" : any(QUANTIFIERS);
            // RE2 refuses .**, and we do not.
            boolean runs = part.similar.equals("%");
            similar.append(part.similar).append(runs ? "" : quantifier);
            regex.append(part.regex).append(runs ? "" : quantifier);
        }
        if (depth > 0 && random.nextInt(4) == 0) {
            Pair other = similar(depth - 1);
            return new Pair(similar + "|" + other.similar, regex + "|" + other.regex);
        }
        return new Pair(similar.toString(), regex.toString());
    }

    private Pair similarPart(int depth) {
        return switch (random.nextInt(12)) {
            case 0, 1 -> new Pair("%", ".*");
            case 2 -> new Pair("_", ".");
            case 3 -> {
                String bracket = any(BRACKETS);
                yield new Pair(bracket, bracket);
            }
            case 4 -> {
                String special = any(List.of("%", "_", "#", "(", "*", "|", "]", "{", "水"));
                yield new Pair("#" + special, "%_水#".contains(special) ? special : "\\" + special);
            }
            case 5 -> {
                String plain = any(List.of(".", "^", "$", "\\"));
                yield new Pair(plain, "\\" + plain);
            }
            case 6, 7 -> {
                if (depth == 0) {
                    yield new Pair("a", "a");
                }
                Pair group = similar(depth - 1);
                yield new Pair("(" + group.similar + ")", "(?:" + group.regex + ")");
            }
            default -> {
                String character = any(CHARACTERS);
                yield character.equals("_") ? new Pair("_", ".") : new Pair(character, character);
            }
        };
    }

    private String any(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
