package dev.aquifer.cli.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScriptTest {
    @Test
    void splitsAtSemicolonsThatEndStatements() {
        assertEquals(List.of("select 1"), Script.statements("select 1"));
        assertEquals(List.of("select 1"), Script.statements("select 1;"));
        assertEquals(List.of("select ';'"), Script.statements("select ';';;"));
        assertEquals(List.of("select ''';'''"), Script.statements("select ''';''';"));
        assertEquals(List.of("select 1 as \";\""), Script.statements("select 1 as \";\";"));
        assertEquals(List.of("select 1 -- ; x\n + 1"), Script.statements("select 1 -- ; x\n + 1;"));
        assertEquals(List.of("select /* ; */ 1"), Script.statements("select /* ; */ 1;"));
        assertEquals(List.of("select '--' || '/*'"), Script.statements("select '--' || '/*';"));
    }

    @Test
    void passesOverWhatIsNoStatement() {
        assertEquals(List.of(), Script.statements(""));
        assertEquals(List.of(), Script.statements(" ;\n; -- nothing\n; /* nothing; */"));
        assertEquals(List.of(), Script.statements("/* open"));
    }

    @Test
    void keepsPositions() {
        assertEquals(List.of("a", "   b", "     \n c\nd", "\n\n   e"), Script.statements("a; b;\n c\nd; e;"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "select 1;", "select 1; -- done", "select 1; /* done */ ", "-- only this"})
    void complete(String text) {
        assertTrue(Script.isComplete(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"select", "select 1; select", "select ';", "select \";", "/* ;", "select 1 -- ;", "select 1; /*"
            })
    void incomplete(String text) {
        assertFalse(Script.isComplete(text));
    }

    @Test
    void whatIsNotClosedIsAStatementForTheParserToRefuse() {
        assertEquals(List.of("select 'x; y"), Script.statements("select 'x; y"));
    }
}
