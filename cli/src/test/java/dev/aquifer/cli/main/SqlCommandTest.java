package dev.aquifer.cli.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.cli.main.Cli.Outcome;
import dev.aquifer.demo.tpch.TpchLake;
import dev.aquifer.demo.tpch.TpchProgress;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code aquifer sql} end to end: arguments in, bytes and exit code out. */
final class SqlCommandTest {
    @TempDir
    private static Path home;

    /** Once, so that standard error holds nothing but what the tests are about. */
    @BeforeAll
    static void generate() {
        TpchLake.cached(home.resolve(".cache/aquifer"), new BigDecimal("0.01"), TpchProgress.none());
    }

    private static Outcome sql(String... arguments) {
        return new Cli(home)
                .run(Stream.concat(Stream.of("sql"), Stream.of(arguments)).toArray(String[]::new));
    }

    private static void assertDone(String out, Outcome outcome) {
        assertEquals(out, outcome.out(), outcome.err());
        assertEquals(0, outcome.code(), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "on", "off"})
    void countsLineitem(String pushdown) {
        assertDone(
                "n\n60175\n",
                sql(
                        "--tpch",
                        "0.01",
                        "--pushdown",
                        pushdown,
                        "--format",
                        "csv",
                        "-e",
                        "select count(*) as n from lineitem"));
    }

    @Test
    void writesTheThreeFormats() {
        String query = "select * from (values (1, 'a', null), (20, '', 1.50)) as t (id, name, price) order by id";
        assertDone("id,name,price\n1,a,\n20,\"\",1.50\n", sql("--format", "csv", "-e", query));
        assertDone(
                "[\n{\"id\":1,\"name\":\"a\",\"price\":null},\n{\"id\":20,\"name\":\"\",\"price\":1.50}\n]\n",
                sql("--format", "json", "-e", query));
        assertDone("""
                 id | name |  price
                ----+------+--------
                  1 | a    | <null>
                 20 |      |   1.50
                """, sql("-e", query));
    }

    @Test
    void runsStatementsInTheirOrder() throws IOException {
        assertDone(
                "a\n1\nb\n2\nc\n3\n",
                sql("--format", "csv", "-e", "select 1 as a; select 2 as b;", "-e", "select 3 as c"));
        Path file = home.resolve("script.sql");
        Files.writeString(file, "-- a comment; with a semicolon\nselect ';' as a;\n\nselect 'é東' as b\n");
        assertDone("a\n;\nb\né東\n", sql("--format", "csv", "-f", file.toString()));
        assertDone("x\n7\n", new Cli(home).runWithInput("select 7 as x;\n", "sql", "--format", "csv"));
        assertDone("x\n8\n", new Cli(home).runWithInput("select 8 as x;\n", "sql", "--format", "csv", "-f", "-"));
        assertDone("", sql("-e", " ; -- nothing"));
    }

    @Test
    void stopsAtTheFirstErrorWithWhatCameBefore() {
        Outcome outcome = sql("--format", "csv", "-e", "select 1 as a; select 1 / 0 as b; select 3 as c");
        assertEquals("a\n1\n", outcome.out());
        assertEquals(1, outcome.code());
        assertTrue(outcome.err().startsWith("error: USER-1007 DIVISION_BY_ZERO: "), outcome.err());
        assertFalse(outcome.err().contains("\tat "), outcome.err());
    }

    @Test
    void pointsAtSyntaxErrorsInTheFile() throws IOException {
        Path file = home.resolve("wrong.sql");
        Files.writeString(file, "select 1;\nselect 2 as b\n  whence x;\n");
        Outcome outcome = sql("-f", file.toString());
        assertEquals(1, outcome.code());
        List<String> lines = outcome.err().lines().toList();
        assertTrue(lines.getFirst().startsWith("error: USER-1001 SYNTAX: line 3, column 3: "), outcome.err());
        assertEquals("    whence x", lines.get(1));
        assertEquals("    ^", lines.get(2));
    }

    @Test
    void showsAStackTraceOnlyWhenAsked() {
        assertTrue(sql("--debug", "-e", "select 1 / 0").err().contains("\tat dev.aquifer."));
    }

    @Test
    void namesNearNames() {
        Outcome table = sql("--tpch", "0.01", "-e", "select * from linitem");
        assertEquals(1, table.code());
        assertTrue(table.err().startsWith("error: USER-1002 UNKNOWN_TABLE: "), table.err());
        assertTrue(table.err().contains("lineitem"), table.err());
        Outcome column = sql("--tpch", "0.01", "-e", "select n_nam from nation");
        assertEquals(1, column.code());
        assertTrue(column.err().startsWith("error: USER-1003 UNKNOWN_COLUMN: "), column.err());
        assertTrue(column.err().contains("n_name"), column.err());
    }

    @Test
    void saysWhatIsWrongWithFiles() throws IOException {
        Outcome missing = sql("--table", "t=" + home.resolve("missing.parquet"), "-e", "select * from t");
        assertEquals(1, missing.code());
        assertTrue(missing.err().startsWith("error: STORAGE-3000 OBJECT_NOT_FOUND: "), missing.err());
        assertTrue(missing.err().contains("missing.parquet"), missing.err());

        Path text = Files.writeString(home.resolve("text.parquet"), "this is a text, and not Parquet at all");
        Outcome notParquet = sql("--table", "t=" + text, "-e", "select * from t");
        assertEquals(1, notParquet.code());
        assertTrue(notParquet.err().startsWith("error: STORAGE-3004 NOT_PARQUET: "), notParquet.err());
        assertTrue(notParquet.err().contains("text.parquet"), notParquet.err());
    }

    @Test
    void saysWhichNodeIsNotThere() {
        Outcome outcome = sql(
                "--tpch",
                "0.01",
                "--connect",
                "127.0.0.1:1",
                "--pushdown",
                "on",
                "-e",
                "select count(*) from nation where n_name like 'A%'");
        assertEquals(1, outcome.code());
        assertTrue(outcome.err().startsWith("error: RESOURCE-2004 NODE_UNAVAILABLE: "), outcome.err());
        assertTrue(outcome.err().contains("127.0.0.1:1"), outcome.err());
    }

    @Test
    void saysWhichDeviceIsNotThere() {
        Outcome outcome =
                sql("--tpch", "0.01", "--device", "abacus", "-e", "select count(*) from nation where n_name > 'B'");
        assertEquals(1, outcome.code());
        assertTrue(outcome.err().startsWith("error: DEVICE-4000 DEVICE_NOT_FOUND: "), outcome.err());
        assertTrue(outcome.err().contains("abacus"), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nonsense",
                "--format xml",
                "--pushdown sometimes",
                "--tpch lots",
                "--tpch 0",
                "--table noequals",
                "--table =x.parquet",
                "--table t=",
                "--table a-b=x",
                "--table t=a --table t=b",
                "-e select -f x.sql",
                "-f /no/such/file.sql",
                "--s3-endpoint nowhere --tpch 0.01 -e x",
                "stray"
            })
    void wrongUsageHasExitCode2(String arguments) {
        Outcome outcome = sql(arguments.split(" "));
        assertEquals(2, outcome.code(), outcome.err());
        assertTrue(outcome.err().startsWith("error: USER-1000 USAGE: "), outcome.err());
        assertEquals("", outcome.out());
    }

    @Test
    void standardInputMustBeText() throws IOException {
        Path file = Files.write(home.resolve("latin1.sql"), "select 'é'".getBytes(StandardCharsets.ISO_8859_1));
        Outcome outcome = sql("-f", file.toString());
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("not UTF-8"), outcome.err());
    }

    @Test
    void parametersHaveNoValues() {
        Outcome outcome = sql("-e", "select cast(? as integer)");
        assertEquals(1, outcome.code());
        assertTrue(outcome.err().startsWith("error: USER-1010 INVALID_ARGUMENT: "), outcome.err());
    }

    @Test
    void statsGoToStandardError() {
        Outcome outcome = sql(
                "--tpch",
                "0.01",
                "--stats",
                "--format",
                "csv",
                "-e",
                "select count(*) as n from orders where o_orderkey > 5");
        assertDone("n\n14995\n", outcome);
        assertTrue(outcome.err().contains("1 row; planned in "), outcome.err());
        assertTrue(outcome.err().contains("orders"), outcome.err());
    }

    @Test
    void explainIsPlainText() {
        Outcome outcome = sql(
                "--tpch",
                "0.01",
                "--pushdown",
                "on",
                "-e",
                "explain select count(*) from lineitem where l_quantity < 5");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().lines().anyMatch(line -> line.strip().startsWith("pushed:")), outcome.out());
        assertFalse(outcome.out().contains("-----"), outcome.out());
    }

    @Test
    void refusesNothingHalfway() {
        // A name that needs quotes, text that needs them, and a null in one row.
        assertDone(
                "\"Ü,x\"\n\"a,\"\"b\"\"\nc\"\n\n",
                sql("--format", "csv", "-e", "select 'a,\"b\"\nc' as \"Ü,x\" union all select cast(null as varchar)"));
    }
}
