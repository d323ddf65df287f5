package dev.aquifer.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Answers that differ must be told apart, and those that do not must not be. */
class AnswerTest {
    private static Answer of(String[]... rows) {
        Answer answer = new Answer();
        for (String[] row : rows) {
            answer.add(row);
        }
        return answer;
    }

    private static String[] row(String... values) {
        return values;
    }

    @Test
    void theOrderOfRowsDoesNotMatter() {
        assertEquals("", of(row("b", "2"), row("a", "1")).difference(of(row("a", "1"), row("b", "2"))));
    }

    @Test
    void averagesAreTheSameToTwelveDigits() {
        assertEquals("", of(row("25.5220058532573350")).difference(of(row("25.522005853257337"))));
        assertTrue(of(row("25.5220058532"))
                .difference(of(row("25.522005853257337")))
                .contains("row 0"));
    }

    @Test
    void whatDiffersIsSaid() {
        assertTrue(of(row("1")).difference(of(row("1"), row("2"))).contains("1 rows instead of 2"));
        assertTrue(of(row("MAIL", "7")).difference(of(row("MAIL", "8"))).contains("[MAIL, 7] instead of [MAIL, 8]"));
        assertTrue(of(row("null")).difference(of(row("0"))).contains("row 0"));
        assertTrue(of(row("1", "2")).difference(of(row("1"))).contains("row 0"));
    }
}
