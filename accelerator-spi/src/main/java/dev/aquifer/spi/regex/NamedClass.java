package dev.aquifer.spi.regex;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The classes of characters that have names or letters: of ASCII, as PostgreSQL's with the collation C, and RE2's. */
final class NamedClass {
    private static final CodePointSet LETTERS = CodePointSet.range('a', 'z').union(CodePointSet.range('A', 'Z'));

    private NamedClass() {}

    /**
     * The class {@code [:name:]}, or null where there is none.
     *
     * @param ignoreCase whether upper and lower case are one class, that of letters
     */
    static @Nullable CodePointSet byName(String name, boolean ignoreCase) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "alnum" -> CodePointSet.WORD.minus(CodePointSet.of('_'));
            case "alpha" -> LETTERS;
            case "ascii" -> CodePointSet.range(0, 0x7f);
            case "blank" -> CodePointSet.of(' ').union(CodePointSet.of('\t'));
            case "cntrl" -> CodePointSet.range(0, 0x1f).union(CodePointSet.of(0x7f));
            case "digit" -> CodePointSet.DIGIT;
            case "graph" -> CodePointSet.range('!', '~');
            case "lower" -> ignoreCase ? LETTERS : CodePointSet.range('a', 'z');
            case "print" -> CodePointSet.range(' ', '~');
            case "punct" -> CodePointSet.range('!', '~').minus(CodePointSet.WORD.minus(CodePointSet.of('_')));
            case "space", "whitespace" -> CodePointSet.SPACE;
            case "upper" -> ignoreCase ? LETTERS : CodePointSet.range('A', 'Z');
            case "word" -> CodePointSet.WORD;
            case "xdigit" ->
                CodePointSet.DIGIT.union(CodePointSet.range('a', 'f')).union(CodePointSet.range('A', 'F'));
            default -> null;
        };
    }

    /** The class that an escape before a letter means, or null where it means none. */
    static @Nullable CodePointSet byLetter(int letter) {
        return switch (letter) {
            case 'd' -> CodePointSet.DIGIT;
            case 'D' -> CodePointSet.DIGIT.complement();
            case 's' -> CodePointSet.SPACE;
            case 'S' -> CodePointSet.SPACE.complement();
            case 'w' -> CodePointSet.WORD;
            case 'W' -> CodePointSet.WORD.complement();
            default -> null;
        };
    }
}
