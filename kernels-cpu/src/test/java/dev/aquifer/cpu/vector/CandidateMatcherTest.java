package dev.aquifer.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.regex.Regex;
import dev.aquifer.spi.regex.RegexMatcher;
import dev.aquifer.spi.type.Bytes;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CandidateMatcherTest {
    private static final long SEED = 13L;
    private static final List<String> WORDS =
            List.of("quick", "slow", "fox", "foxes", "deposit", "deposits", " ", "qu", "s", "Foxes", "水");

    /** Strings that decide, strings that only make candidates, none, and more than are searched for. */
    private static final List<Regex> PATTERNS = List.of(
            Regex.similarTo(Bytes.utf8("%(quick|slow)%(foxes|deposits)%"), Bytes.EMPTY),
            Regex.similarTo(Bytes.utf8("%slow%"), Bytes.EMPTY),
            Regex.similarTo(Bytes.utf8("slow%"), Bytes.EMPTY),
            Regex.similarTo(Bytes.utf8("%deposits"), Bytes.EMPTY),
            Regex.search(Bytes.utf8("foxes|deposits"), Bytes.EMPTY),
            Regex.search(Bytes.utf8("foxes"), Bytes.utf8("i")),
            Regex.search(Bytes.utf8("\\bfox\\b"), Bytes.EMPTY),
            Regex.search(Bytes.utf8("^[^f]*$"), Bytes.EMPTY),
            Regex.search(Bytes.utf8("s{2}|qu.?s"), Bytes.EMPTY));

    @Test
    void candidatesHideNoMatch() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (Regex regex : PATTERNS) {
            CandidateMatcher matcher = new CandidateMatcher(regex);
            RegexMatcher automaton = new RegexMatcher(regex);
            int matched = 0;
            for (int i = 0; i < 5_000; i++) {
                StringBuilder text = new StringBuilder("slow");
                for (int word = random.nextInt(7); word > 0; word--) {
                    text.append(WORDS.get(random.nextInt(WORDS.size())));
                }
                // What stands before belongs to another row.
                byte[] data = Bytes.utf8(text + "foxes").array();
                boolean expected = automaton.matches(data, 4, data.length - 5);
                assertEquals(expected, matcher.matches(data, 4, data.length - 5), text + ", seed " + SEED);
                matched += expected ? 1 : 0;
            }
            assertTrue(matched > 100 && matched < 4_900, "matched " + matched);
        }
    }
}
