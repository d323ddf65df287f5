package dev.aquifer.spi.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.regex.RandomPatterns;
import dev.aquifer.spi.regex.Regex;
import dev.aquifer.spi.regex.RegexMatcher;
import dev.aquifer.spi.type.Bytes;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RegexSimulationTest {
    private static final long SEED = 31L;
    private static final int[] BYTES = {
        'a', 'b', 'A', '1', '\n', 0xc3, 0xa9, 0xe6, 0xb0, 0xb4, 0xf0, 0x9f, 0x98, 0x80, 0xff, 0xed
    };

    /** The tree and the automaton, which share no code behind the parser, agree on texts that are no UTF-8 too. */
    @Test
    void anyRunOfBytesIsMatchedAsTheAutomatonDoes() {
        SplittableRandom random = new SplittableRandom(SEED);
        RandomPatterns patterns = new RandomPatterns(random);
        int matched = 0;
        int malformed = 0;
        for (int i = 0; i < 3_000; i++) {
            String pattern = patterns.regex(2).replace("?m:", "?w:");
            Regex regex = Regex.search(Bytes.utf8(pattern), Bytes.utf8(random.nextInt(3) == 0 ? "n" : ""));
            RegexSimulation tree = new RegexSimulation(regex);
            RegexMatcher automaton = new RegexMatcher(regex);
            for (int j = 0; j < 10; j++) {
                Bytes text = random.nextInt(3) == 0 ? Bytes.utf8(patterns.text()) : bytes(random);
                boolean expected = tree.matches(text);
                matched += expected ? 1 : 0;
                malformed += Utf8.isWellFormed(text.array(), 0, text.length()) ? 0 : 1;
                assertEquals(
                        expected,
                        automaton.matches(text.array(), 0, text.length()),
                        "'" + pattern + "' over " + Arrays.toString(text.array()) + ", seed " + SEED);
            }
        }
        assertTrue(matched > 5_000 && matched < 25_000, "matched " + matched);
        assertTrue(malformed > 5_000, "malformed " + malformed);
    }

    private static Bytes bytes(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(10)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) BYTES[random.nextInt(BYTES.length)];
        }
        return Bytes.of(bytes);
    }
}
