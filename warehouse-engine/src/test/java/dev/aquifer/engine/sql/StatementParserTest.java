package dev.aquifer.engine.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.error.AquiferException;
import org.junit.jupiter.api.Test;

/** What a text asks for, and that no text keeps the parser busy: where it went back over blanks, these would not end. */
final class StatementParserTest {
    private static boolean explains(String sql) {
        return assertInstanceOf(Statement.Query.class, StatementParser.parse(sql))
                .explain();
    }

    @Test
    void explainMayBeFollowedByAnyGap() {
        String comments = "/*a*//**/".repeat(1000) + "-- b\n";
        assertTrue(explains("EXPLAIN " + comments + "SELECT 1"));
        assertTrue(explains(comments + "explain" + comments + "plan" + comments + "for" + comments + "SELECT 1"));
        assertTrue(explains("EXPLAIN" + " ".repeat(100_000) + "SELECT 1"));
        assertTrue(explains("EXPLAIN(SELECT 1)"));
        assertTrue(!explains(" ".repeat(100_000) + "SELECT 1"));
    }

    @Test
    void blanksAfterACommandAreReadOnce() {
        String blanks = " ".repeat(1_000_000);
        assertEquals(new Statement.ShowTables(), StatementParser.parse("SHOW TABLES" + blanks + ";" + blanks));
        assertEquals(new Statement.Describe("table"), StatementParser.parse("DESC table" + blanks));
        assertEquals(new Statement.Describe("a B"), StatementParser.parse("describe table \"a B\" ;"));
        for (String command : new String[] {"SHOW TABLES", "DESCRIBE t"}) {
            assertThrows(AquiferException.class, () -> StatementParser.parse(command + blanks + "x"));
        }
    }
}
