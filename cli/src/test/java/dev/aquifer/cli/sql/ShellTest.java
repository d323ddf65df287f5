package dev.aquifer.cli.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.cli.output.OutputFormat;
import dev.aquifer.demo.tpch.TpchLake;
import dev.aquifer.demo.tpch.TpchProgress;
import dev.aquifer.engine.session.Engine;
import dev.aquifer.engine.session.EngineConfig;
import dev.aquifer.engine.session.Pushdown;
import dev.aquifer.engine.session.SessionOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell on a terminal that is not there: keys in, text out. */
@SuppressWarnings("NullAway.Init")
final class ShellTest {
    @TempDir
    private static Path folder;

    private static Engine engine;

    @BeforeAll
    static void open() {
        TpchLake lake = TpchLake.generate(folder.resolve("tpch"), new BigDecimal("0.001"), TpchProgress.none());
        Map<String, String> tables = new LinkedHashMap<>();
        lake.tables().forEach((name, path) -> tables.put(name, path.toString()));
        engine = Engine.open(EngineConfig.of(tables));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    /** Without a pseudo terminal of the system: what is typed is all there from the start, and then the input ends. */
    private static Terminal terminal(String keys, OutputStream screen) throws IOException {
        return new DumbTerminal(
                "test",
                Terminal.TYPE_DUMB,
                new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)),
                screen,
                StandardCharsets.UTF_8);
    }

    private static String type(String keys) throws IOException {
        return type(keys, folder.resolve("history"));
    }

    private static String type(String keys, @Nullable Path history) throws IOException {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        try (Terminal terminal = terminal(keys, screen)) {
            SessionOptions options = new SessionOptions("auto", Pushdown.OFF, null);
            new Shell(engine, options, terminal, OutputFormat.TABLE, false, false).run(history);
        }
        return screen.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private static void assertShows(String expected, String screen) {
        assertTrue(screen.contains(expected), () -> "no \"" + expected + "\" in:\n" + screen);
    }

    @Test
    void runsStatementsOverSeveralLines() throws IOException {
        String screen = type("select count(*) as n\nfrom nation\nwhere n_nationkey < 7; select 'done' as t;\n\\q\n");
        assertShows(" n\n---\n 7\n", screen);
        assertShows(" t\n------\n done\n", screen);
        assertShows("(1 row, ", screen);
    }

    @Test
    void survivesErrors() throws IOException {
        String screen = type("selec 1;\n\\nonsense\nselect * from nowhere;\nselect 5 as five;\n");
        assertShows("error: USER-1001 SYNTAX: ", screen);
        assertShows("error: USER-1000 USAGE: there is no command \\nonsense", screen);
        assertShows("error: USER-1002 UNKNOWN_TABLE: ", screen);
        assertShows(" five\n", screen);
    }

    @Test
    void obeysCommands() throws IOException {
        Path file = Files.writeString(folder.resolve("part.sql"), "select 41 + 1 as answer;");
        String screen = type("\\d\n\\d region\n\\timing\n\\format csv\nselect 1 as one;\n\\format json\n\\i " + file
                + "\n\\stats\nselect count(*) as n from region;\n\\pushdown off\n\\device cpu\n\\?\nexit\n");
        assertShows(" main   | lineitem\n", screen);
        assertShows(" r_comment   | VARCHAR\n", screen);
        assertShows("timing is off\n", screen);
        assertShows("one\n1\n(1 row)\n", screen);
        assertShows("[\n{\"answer\":42}\n]\n", screen);
        assertShows("stats are on\n", screen);
        assertShows("1 row; planned in ", screen);
        assertShows("\\pushdown WHERE", screen);
    }

    @Test
    void remembers() throws IOException {
        type("select 123456 as remembered;\n");
        assertShows("select 123456 as remembered;", Files.readString(folder.resolve("history")));
    }

    @Test
    void worksWithoutAHistory() throws IOException {
        assertShows(" 5\n", type("select 5 as five;\n", null));
    }

    @Test
    void knowsWhenAStatementGoesOn() {
        ShellParser parser = new ShellParser();
        for (String open : List.of("select", "select ';", "select 1; select", "/* ;")) {
            Assertions.assertThrows(EOFError.class, () -> parser.parse(open, 0, ParseContext.ACCEPT_LINE));
        }
        for (String whole : List.of("", "select 1;", "\\d", "exit", "select ';';")) {
            assertEquals(whole, parser.parse(whole, 0, ParseContext.ACCEPT_LINE).line());
        }
    }

    private static List<String> completions(String line) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        try (var session = engine.newSession(SessionOptions.DEFAULT);
                Terminal terminal = terminal("", new ByteArrayOutputStream())) {
            new NameCompleter(session::catalog)
                    .complete(
                            new LineReaderImpl(terminal),
                            new ShellParser().parse(line, line.length(), ParseContext.COMPLETE),
                            candidates);
        }
        return candidates.stream().map(Candidate::value).toList();
    }

    @Test
    void completesTablesColumnsKeywordsAndCommands() throws IOException {
        assertTrue(completions("select * from line").contains("lineitem"));
        List<String> named = completions("select n_ from nation");
        assertTrue(named.contains("nation"));
        List<String> columns = completions("select count(*) from nation where n_na");
        assertTrue(columns.contains("n_name"), columns.toString());
        assertTrue(!columns.contains("l_comment"), "only columns of the tables that are named");
        assertTrue(completions("select l_").contains("l_comment"), "of all tables where none is named");
        assertTrue(completions("SEL").contains("SELECT"));
        assertTrue(completions("sel").contains("select"));
        assertTrue(completions("\\t").contains("\\timing"));
    }

    @Test
    void quotesNamesThatNeedIt() {
        assertEquals("plain_1", NameCompleter.asWritten("plain_1"));
        assertEquals("\"Origin\"", NameCompleter.asWritten("Origin"));
        assertEquals("\"a \"\"b\"\"\"", NameCompleter.asWritten("a \"b\""));
    }
}
