package dev.aquifer.lake.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "*.parquet, a.parquet, true",
        "*.parquet, .parquet, true",
        "*.parquet, b/a.parquet, false",
        "*.parquet, a.parquet2, false",
        "?.parquet, a.parquet, true",
        "?.parquet, .parquet, false",
        "?.parquet, ab.parquet, false",
        "a/*/c, a/b/c, true",
        "a/*/c, a//c, true",
        "a/*/c, a/b/b/c, false",
        "a/**/c, a/c, true",
        "a/**/c, a/b/c, true",
        "a/**/c, a/b/b/c, true",
        "a/**/c, ac, false",
        "a/**/c, a/bc, false",
        "**/c, c, true",
        "**/c, a/b/c, true",
        "**, a/b/c, true",
        "a**c, ab/b/c, true",
        "year=*/x, year=2024/x, true",
        "a.b, axb, false",
        "a?b, a/b, false",
        "'[a]*', '[a]b', true",
    })
    void matches(String pattern, String path, boolean expected) {
        assertEquals(expected, new Glob(pattern).matches(path), pattern + " on " + path);
    }

    @ParameterizedTest
    @CsvSource({"/data/x/*.parquet, 8", "/data/*/x, 6", "*, 0", "a/b, 2", "/d?ta/x, 1", "a/b/**, 4"})
    void knowsTheFoldersBeforeTheFirstWildcard(String pattern, int length) {
        assertEquals(length, new Glob(pattern).literalPrefix());
    }

    /** Backtracking would take longer than the universe lasts. */
    @Test
    void noPatternIsSlow() {
        Glob evil = new Glob("*a".repeat(40) + "b");
        assertFalse(evil.matches("a".repeat(2000)));
    }
}
