package dev.aquifer.spi.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import dev.aquifer.spi.type.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexMatcherTest {
    private static final long SEED = 20261126L;

    /** All ways to run a pattern, the second with next to no room to remember states. */
    private record Runs(Regex regex, RegexMatcher matcher, RegexMatcher forgetful, DfaTable table) {
        static Runs of(Regex regex) {
            DfaTable table = DfaTable.of(regex, 100_000);
            assertNotNull(table);
            return new Runs(regex, new RegexMatcher(regex), new RegexMatcher(regex, 60), table);
        }

        void check(boolean expected, byte[] text, String what) {
            // Two bytes before and one after belong to other rows, and must not be seen.
            byte[] data = new byte[text.length + 3];
            data[0] = 'a';
            data[1] = (byte) 0xc3;
            System.arraycopy(text, 0, data, 2, text.length);
            data[text.length + 2] = 'b';
            assertEquals(expected, matcher.matches(data, 2, text.length + 2), what);
            assertEquals(expected, forgetful.matches(data, 2, text.length + 2), what);
            int state = table.start();
            for (byte value : text) {
                state = table.next(state, table.classOf(value));
            }
            assertEquals(expected, table.accepts(state), what);
        }
    }

    @Test
    void regularExpressionsMatchAsRe2Does() {
        SplittableRandom random = new SplittableRandom(SEED);
        RandomPatterns patterns = new RandomPatterns(random);
        int matched = 0;
        for (int i = 0; i < 3_000; i++) {
            String pattern = patterns.regex(3);
            Runs runs = Runs.of(Regex.search(Bytes.utf8(pattern.replace("?m:", "?w:")), Bytes.EMPTY));
            Pattern re2 = Pattern.compile(pattern, Pattern.DOTALL);
            for (int j = 0; j < 12; j++) {
                String text = patterns.text();
                boolean expected = re2.matcher(text).find();
                matched += expected ? 1 : 0;
                runs.check(expected, Bytes.utf8(text).array(), "'" + pattern + "' over '" + text + "', seed " + SEED);
            }
        }
        // Else the test would compare one answer only.
        assertTrue(matched > 6_000 && matched < 30_000, "matched " + matched);
    }

    @Test
    void patternsOfSimilarToMatchAsTheirTranslation() {
        SplittableRandom random = new SplittableRandom(SEED);
        RandomPatterns patterns = new RandomPatterns(random);
        int matched = 0;
        for (int i = 0; i < 3_000; i++) {
            RandomPatterns.Pair pattern = patterns.similar(2);
            Runs runs = Runs.of(Regex.similarTo(Bytes.utf8(pattern.similar()), Bytes.utf8("#")));
            Pattern re2 = Pattern.compile(pattern.regex(), Pattern.DOTALL);
            for (int j = 0; j < 12; j++) {
                String text = patterns.text();
                boolean expected = re2.matcher(text).matches();
                matched += expected ? 1 : 0;
                runs.check(expected, Bytes.utf8(text).array(), "'" + pattern + "' over '" + text + "', seed " + SEED);
            }
        }
        assertTrue(matched > 3_000 && matched < 33_000, "matched " + matched);
    }

    /** Backtracking would take time exponential in the text for most of these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "^(a|aa)*$",
                "^(a*)*$",
                "^((a*)*)*$",
                "^(a+)+$",
                "^(a|a|a)*b?$",
                "^(.*)(.*)(.*)(.*)[^b]$",
                "^(a?){500}a{500}$",
                "^(.{1,30}){1,30}$",
                "(x+x+)+y",
                "[ab]*a[ab]{12}c",
            })
    void timeIsLinearInTheText(String pattern) {
        Regex regex = Regex.search(Bytes.utf8(pattern), Bytes.EMPTY);
        RegexMatcher matcher = new RegexMatcher(regex);
        SplittableRandom random = new SplittableRandom(SEED);
        int length = 20_000;
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) (random.nextInt(8) == 0 ? 'b' : 'a');
        }
        matcher.matches(text, 0, length);
        Arrays.fill(text, (byte) 'a');
        matcher.matches(text, 0, length);
        text[length - 1] = 'b';
        matcher.matches(text, 0, length);
        // No byte needs more than one step, nor a step more than one look at each edge, with assertions two.
        assertTrue(matcher.steps() <= 3L * (length + 1), matcher.steps() + " steps");
        assertTrue(
                matcher.visits()
                        <= matcher.steps() * 2 * regex.nfa().size()
                                + regex.nfa().size(),
                matcher.visits() + " visits for " + matcher.steps() + " steps");
    }

    /** The automaton of this pattern has 2^15 states or more, and a random text meets a new one at nearly every byte. */
    @Test
    void memoryIsBounded() {
        Regex regex = Regex.search(Bytes.utf8("a[ab]{14}c"), Bytes.EMPTY);
        int most = 20_000;
        RegexMatcher matcher = new RegexMatcher(regex, most);
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] text = new byte[200_000];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (random.nextBoolean() ? 'a' : 'b');
        }
        assertEquals(false, matcher.matches(text, 0, text.length));
        assertTrue(matcher.forgotten() > 5, "forgotten " + matcher.forgotten());
        assertTrue(matcher.kept() <= most, "kept " + matcher.kept());
        text[text.length - 1] = 'c';
        text[text.length - 16] = 'a';
        assertEquals(true, matcher.matches(text, 0, text.length));
        assertNull(DfaTable.of(regex, 10_000));
    }

    @Test
    void whatIsMatchedOnceIsLookedUpLater() {
        RegexMatcher matcher = new RegexMatcher(Regex.search(Bytes.utf8("(quick|slow).*(fox|deposit)es"), Bytes.EMPTY));
        byte[] text = Bytes.utf8("the slow brown and quick foxes").array();
        assertTrue(matcher.matches(text, 0, text.length));
        long steps = matcher.steps();
        for (int i = 0; i < 10; i++) {
            assertTrue(matcher.matches(text, 0, text.length));
        }
        assertEquals(steps, matcher.steps());
    }

    /** A malformed byte is a character of its own, equal to none, as {@code _} of LIKE has it. */
    @Test
    void malformedBytesAreCharacters() {
        byte[] cut = {'a', (byte) 0xe6, (byte) 0xb0, 'b'};
        byte[] whole = {'a', (byte) 0xe6, (byte) 0xb0, (byte) 0xb4, 'b'};
        byte[] marker = {'a', (byte) 0xff, 'b'};
        for (String pattern : List.of("a__b", "a[^x]{2}b", "a%_b", "a(_|__)b")) {
            RegexMatcher matcher = new RegexMatcher(Regex.similarTo(Bytes.utf8(pattern), Bytes.EMPTY));
            assertTrue(matcher.matches(cut, 0, cut.length), pattern);
        }
        RegexMatcher one = new RegexMatcher(Regex.similarTo(Bytes.utf8("a_b"), Bytes.EMPTY));
        assertEquals(false, one.matches(cut, 0, cut.length));
        assertEquals(true, one.matches(whole, 0, whole.length));
        assertEquals(true, one.matches(marker, 0, marker.length));
        RegexMatcher known = new RegexMatcher(Regex.search(Bytes.utf8("^[\\x{0}-\\x{10ffff}]*$"), Bytes.EMPTY));
        assertEquals(true, known.matches(whole, 0, whole.length));
        assertEquals(false, known.matches(cut, 0, cut.length));
        assertEquals(false, known.matches(marker, 0, marker.length));
        // No place between the bytes of a character is one to match at.
        RegexMatcher within = new RegexMatcher(Regex.search(Bytes.utf8("\\B"), Bytes.EMPTY));
        byte[] text = Bytes.utf8("a水a").array();
        assertEquals(false, within.matches(text, 0, text.length));
    }
}
