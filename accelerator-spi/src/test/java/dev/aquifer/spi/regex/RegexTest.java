package dev.aquifer.spi.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {
    private static boolean matches(Regex regex, String text) {
        byte[] bytes = Bytes.utf8(text).array();
        return new RegexMatcher(regex).matches(bytes, 0, bytes.length);
    }

    private static boolean search(String text, String pattern, String flags) {
        return matches(Regex.search(Bytes.utf8(pattern), Bytes.utf8(flags)), text);
    }

    private static boolean similar(String text, String pattern, String escape) {
        return matches(Regex.similarTo(Bytes.utf8(pattern), Bytes.utf8(escape)), text);
    }

    /** The first lines are PostgreSQL's manual's. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "abc, abc, true",
                "abc, a, false",
                "abc, %(b|d)%, true",
                "abc, (b|c)%, false",
                "xabcy, %abc%, true",
                "aaa, a{3}, true",
                "aaa, \"a{2,}\", true",
                "aaa, \"a{1,2}\", false",
                "a.c, a.c, true",
                "abc, a.c, false",
                "^a$, ^a$, true",
                "a\\b, a\\b, true",
                "a%, a#%, true",
                "ab, a#%, false",
                "a12, a#d+, true",
                "ab, a|ab, true",
                "b, a|, false",
                "\"\", a|, true",
                "x, [[:ALPHA:]], true",
                "1, [^[:alpha:]], true",
                "%, [%_], true",
                "a, [%_], false",
                "a]c, a[]]c, true",
                "a]c, a[#]]c, true",
                "a{, a{, true",
                "é水, __, true",
            })
    void similarTo(String text, String pattern, boolean expected) {
        assertEquals(expected, similar(text, pattern, "#"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "abcd, bc, \"\", true",
                "abcd, a.c, \"\", true",
                "abcd, ^a.c$, \"\", false",
                "abcd, BC, i, true",
                "abcd, BC, ic, false",
                "ABCD, bc, i, true",
                "ÀB, [à-ö]b, i, true",
                "a, [^A], i, false",
                "\u212a, k, i, true",
                "k, \u212a, i, true",
                "\u017f, s, i, false",
                "Straße, STRASSE, i, false",
                "a1b2, \\d\\w\\d, \"\", true",
                "foo bar, \\bbar\\b, \"\", true",
                "foobar, \\bbar\\b, \"\", false",
                "foobar, \\yfoo, \"\", true",
                "foobar, \\Bbar\\Z, \"\", true",
                "tab\there, \\t, \"\", true",
                "tab\there, b\\011h, \"\", true",
                "A8, ^\\0018?, \"\", false",
                "é, \\u00e9, \"\", true",
                "😀, \\x{1F600}, \"\", true",
                "a+, a\\+, \"\", true",
                "a]b, a]b, \"\", true",
                "a}b, a}b, \"\", true",
                "a{b, a{b, \"\", true",
                "a\\, [\\\\], \"\", true",
                "a^b, [\\^], \"\", true",
                "abcabc, ^(?:abc){2}$, \"\", true",
                "aBC, a(?i)bc, \"\", true",
                "aBC, a(?i:b)c, \"\", false",
                "aBc, a(?i:b)c, \"\", true",
                "aXbC, a(x|(?i)x)(?-i)bC, \"\", true",
                "x, \"\", \"\", true",
                "x, (), \"\", true",
                "aba, ^(?P<one>a)b(?<two>a)$, \"\", true",
                "x, ^*x, \"\", true",
                "x, y*?, \"\", true",
                "x, [[:^digit:]], \"\", true",
            })
    void search(String text, String pattern, String flags, boolean expected) {
        assertEquals(expected, search(text, pattern, flags));
    }

    @Test
    void lineFeedsAreSpecialWhereAskedFor() {
        String text = "one\ntwo";
        assertEquals(List.of(true, false, true, false, true, false), lines(text, ""));
        assertEquals(List.of(false, true, false, true, false, true), lines(text, "n"));
        assertEquals(lines(text, "n"), lines(text, "m"));
        assertEquals(lines(text, ""), lines(text, "ns"));
        assertEquals(List.of(false, false, false, false, false, false), lines(text, "p"));
        assertEquals(List.of(true, true, true, true, true, true), lines(text, "w"));
    }

    private static List<Boolean> lines(String text, String flags) {
        return List.of(
                search(text, "e.t", flags),
                search(text, "^two", flags),
                search(text, "e[^x]t", flags),
                search(text, "one$", flags),
                search(text, "^one.two$", flags),
                search(text, "^two$", flags));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = ';',
            value = {
                "a**;a quantifier has nothing to repeat at character 3",
                "*a;a quantifier has nothing to repeat at character 1",
                "a|*;a quantifier has nothing to repeat at character 3",
                "a{2}{3};a quantifier has nothing to repeat at character 5",
                "a(b;a group is not closed; it begins at character 2",
                "a)b;a ')' without its '(' at character 2",
                "a[b;a bracket is not closed; it begins at character 2",
                "a[];a bracket is not closed; it begins at character 2",
                "[b-a];the range 'b-a' is empty, its end is before its start at character 2",
                "[a-c-e];a minus is neither part of a range nor first or last in its bracket at character 5",
                "[\\d-z];a range from or to a class at character 2",
                "[[:alfa:]];'[:alfa' is no class",
                "[[.a.]];collating elements and equivalence classes are not supported: '[.' at character 2",
                "a{3,2};the repetition '{3,2}' has its greater number first, at character 2",
                "a{3;a repetition is not closed by '}'; it begins at character 2",
                "a{1001};a repetition of more than 1000 times at character 2",
                "(a)\\1;back references are not supported: '\\1' at character 4",
                "a(?=b);look-around is not supported; it begins at character 2",
                "a(?!b);look-around is not supported; it begins at character 2",
                "(?<=a)b;look-around is not supported; it begins at character 1",
                "(?<!a)b;look-around is not supported; it begins at character 1",
                "(?P<n;the name of a group is not closed by '>'; the group begins at character 1",
                "(?q)a;'(?q' begins no group; flags are c, i, m, n, p, s, w; at character 1",
                "a\\;it ends with its escape character, at character 2",
                "a\\q;'\\q' is no escape at character 2",
                "\\pL;classes of Unicode properties are not supported: '\\p' at character 1",
                "\\x{110000};'\\x{110000' is no code point at character 1",
                "\\xg;'\\x' lacks hexadecimal digits at character 1",
                "((a{1000}){1000}){1000};ask for fewer repetitions",
                "((){1000}){1000};ask for fewer repetitions",
            })
    void malformedExpressionsSayWhereAndWhat(String pattern, String message) {
        refuses(() -> search("", pattern, ""), message);
    }

    private static void refuses(Executable parse, String message) {
        AquiferException refused = assertThrows(AquiferException.class, parse);
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = ';',
            value = {
                "%**;a quantifier has nothing to repeat at character 3",
                "a*?;a quantifier has nothing to repeat at character 3",
                "a#;the pattern 'a#' of SIMILAR TO: it ends with its escape character, at character 2",
                "%#mabc#M%;'#m' is no escape at character 2",
                "[#;it ends with its escape character, at character 2",
            })
    void malformedPatternsSayWhereAndWhat(String pattern, String message) {
        refuses(() -> similar("", pattern, "#"), message);
    }

    @Test
    void whatIsNoTextIsRefused() {
        Bytes cut = Bytes.of(new byte[] {'a', (byte) 0xc3});
        refuses(() -> Regex.search(cut, Bytes.EMPTY), "of a regular expression is not UTF-8");
        refuses(() -> Regex.search(Bytes.EMPTY, cut), "of a regular expression is not UTF-8");
        refuses(() -> Regex.similarTo(cut, Bytes.EMPTY), "of SIMILAR TO is not UTF-8");
        refuses(() -> Regex.similarTo(Bytes.EMPTY, cut), "of SIMILAR TO is not UTF-8");
    }

    @Test
    void whatIsTooMuchIsRefused() {
        refuses(() -> similar("", "a", "##"), "must be one character, not '##'");
        refuses(() -> search("", "a", "iz"), "'z' is no flag of a regular expression");
        refuses(() -> search("", "a".repeat(40_000), ""), "has 40000 characters, more than 32768");
        String deep = "(".repeat(5_000) + ")".repeat(5_000);
        refuses(() -> search("", deep, ""), "groups are more than 200 deep");
        refuses(() -> similar("", deep, ""), "groups are more than 200 deep");
    }

    /** Where an escape is special otherwise, it is the escape. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "+",
                "?",
                "{",
                "|",
                "(",
                ")",
                "[",
                "]",
                "^",
                "-",
                "%",
                "_",
                "\\",
                "a",
                "\u6c34",
                "\ud83d\ude00"
            })
    void anyCharacterMayBeTheEscape(String escape) {
        assertTrue(similar("50%", "50" + escape + "%", escape));
        assertEquals(false, similar("50 off", "50" + escape + "%", escape));
        assertTrue(similar(escape, escape + escape, escape));
        assertTrue(similar("x" + escape, "x" + escape + escape, escape));
        if (escape.equals("[") || escape.equals("]")) {
            // There are no brackets then.
            refuses(
                    () -> similar("", "[x]", escape),
                    escape.equals("[") ? "'[x' is no escape" : "it ends with its escape");
            return;
        }
        String bracket = "[" + escape + "%x" + escape + escape + "]";
        for (String member : List.of("%", "x", escape)) {
            assertTrue(similar(member, bracket, escape), member);
        }
        assertEquals(false, similar("y", bracket, escape));
    }

    /** A class has the letters of ASCII in both cases; none of Unicode's, of which some are equal to those but for the case. */
    @ParameterizedTest
    @ValueSource(strings = {"k", "K", "i", "I", "\u212a", "\u0130", "1", "-"})
    void caseChangesNoClass(String text) {
        boolean word = text.charAt(0) != '-' && text.charAt(0) < 0x80;
        boolean letter = word && !text.equals("1");
        assertEquals(word, search(text, "^\\w$", "i"));
        assertEquals(!word, search(text, "^\\W$", "i"));
        assertEquals(word, search(text, "^[^\\W]$", "i"));
        assertEquals(!word, search(text, "^[\\W]$", "i"));
        assertEquals(letter, search(text, "^[[:alpha:]]$", "i"));
        assertEquals(!letter, search(text, "^[[:^alpha:]]$", "i"));
        // Of upper and lower case there is one class then.
        assertEquals(letter, search(text, "^[[:upper:]]$", "i"));
        assertEquals(letter, search(text, "^[[:lower:]]$", "i"));
        assertEquals(!letter, search(text, "^[[:^upper:]]$", "i"));
        // Characters and ranges are what case is about.
        boolean latin = letter || text.equals("\u212a") || text.equals("\u0130");
        assertEquals(latin, search(text, "^[I-K]$", "i"));
    }
}
