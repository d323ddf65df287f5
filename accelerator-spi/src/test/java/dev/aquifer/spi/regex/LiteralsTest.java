package dev.aquifer.spi.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.type.Bytes;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LiteralsTest {
    private static final long SEED = 9L;

    private static Literals similar(String pattern) {
        return Literals.of(Regex.similarTo(Bytes.utf8(pattern), Bytes.EMPTY));
    }

    private static Literals search(String pattern) {
        return Literals.of(Regex.search(Bytes.utf8(pattern), Bytes.EMPTY));
    }

    private static List<Bytes> texts(String... texts) {
        return List.of(texts).stream().map(Bytes::utf8).toList();
    }

    @Test
    void theLongestAndFewestComeFirst() {
        Literals literals = similar("%(quick|slow)%(foxes|deposits)%");
        assertEquals(List.of(texts("deposits", "foxes"), texts("quick", "slow")), literals.required());
        assertEquals(texts(""), literals.beginnings());
        assertEquals(
                texts("special", "requests").getFirst(),
                similar("%special%req%").best().getFirst());
        assertEquals(texts("abab"), search("x?(ab){2,}[0-9]").best());
        assertEquals(texts("abcx", "abdx"), search("ab(c|d)x").best());
        assertEquals(texts("ab", "cd"), search("(ab+|cd).").best());
        assertEquals(
                List.of(),
                search("(foo|.*)bar?x*").best().stream()
                        .filter(each -> each.length() > 2)
                        .toList());
        assertEquals(List.of(), search("(foo|.)").required());
        assertEquals(List.of(), search("(foo)*").required());
        assertEquals(List.of(), search("(foo)?").required());
        // Case by case while that is few; a string with another in it says no more than that other.
        assertEquals(texts("AB", "Ab", "aB", "ab"), search("(?i)ab").best());
        assertEquals(texts("b"), search("ab|b|cba").best());
    }

    @Test
    void whatDecidesIsKnown() {
        assertTrue(search("foo|bar").decides());
        assertTrue(similar("%(foo|bar)%").decides());
        assertEquals(false, similar("(foo|bar)%").decides());
        assertEquals(false, search("foo$").decides());
        assertEquals(false, search("\\bfoo").decides());
        assertEquals(false, search("foo.*bar").decides());
    }

    @Test
    void beginningsAreThoseOfTheText() {
        assertEquals(texts("abc", "abd"), similar("ab(c|d)%x").beginnings());
        assertEquals(texts("ab"), search("^ab[^x]").beginnings());
        assertEquals(texts(""), search("ab").beginnings());
        assertEquals(texts(""), search("^(ab)*").beginnings());
        assertTrue(similar("ab|cd").whole());
        assertEquals(false, similar("ab|cd%").whole());
        assertEquals(false, search("^ab").whole());
    }

    /** Random patterns and texts: where one matches, what is said of it holds. */
    @Test
    void everyMatchingTextHasThem() {
        SplittableRandom random = new SplittableRandom(SEED);
        RandomPatterns patterns = new RandomPatterns(random);
        int checked = 0;
        for (int i = 0; i < 6_000; i++) {
            String pattern = patterns.regex(2).replace("?m:", "?w:");
            Regex regex = Regex.search(Bytes.utf8(pattern), Bytes.EMPTY);
            RegexMatcher matcher = new RegexMatcher(regex);
            Literals literals = Literals.of(regex);
            for (int j = 0; j < 10; j++) {
                String text = patterns.text();
                Bytes bytes = Bytes.utf8(text);
                boolean matches = matcher.matches(bytes.array(), 0, bytes.length());
                String what = "'" + pattern + "' over '" + text + "', seed " + SEED + ": " + literals;
                if (matches) {
                    checked += literals.required().size();
                    assertTrue(literals.required().stream().allMatch(set -> containsOne(text, set)), what);
                    assertTrue(literals.beginnings().stream().anyMatch(each -> text.startsWith(each.toString())), what);
                    assertTrue(!literals.whole() || literals.beginnings().contains(bytes), what);
                } else {
                    assertTrue(!literals.decides() || !containsOne(text, literals.best()), what);
                }
            }
        }
        assertTrue(checked > 3_000, "checked " + checked);
    }

    private static boolean containsOne(String text, List<Bytes> strings) {
        return strings.stream().anyMatch(string -> text.contains(string.toString()));
    }
}
