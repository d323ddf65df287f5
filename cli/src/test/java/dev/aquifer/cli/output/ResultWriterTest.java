package dev.aquifer.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The three formats, character by character. */
final class ResultWriterTest {
    private static final List<Field> MIXED = List.of(
            new Field("id", DataType.INT64),
            new Field("price", DataType.decimal(15, 2)),
            new Field("big", DataType.decimal(38, 0)),
            new Field("rate", DataType.FLOAT64),
            new Field("ok", DataType.BOOLEAN),
            new Field("day", DataType.DATE),
            new Field("at", DataType.TIMESTAMP),
            new Field("name", DataType.VARCHAR));

    private static final List<List<@Nullable Object>> ROWS = List.of(
            row(
                    1L,
                    1050L,
                    new BigInteger("99999999999999999999999999999999999999"),
                    0.1,
                    true,
                    14_735L,
                    1_273_129_629_123_456L,
                    Bytes.utf8("plain")),
            row(null, null, null, null, null, null, null, null),
            row(-9_223_372_036_854_775_808L, -5L, new BigInteger("-1"), Double.NaN, false, -1L, 0L, Bytes.utf8("")),
            row(
                    9_007_199_254_740_993L,
                    0L,
                    BigInteger.ZERO,
                    Double.NEGATIVE_INFINITY,
                    true,
                    0L,
                    1_000_000L,
                    Bytes.utf8("a \"b\", c\nd\u001b[31m")));

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static String write(OutputFormat format, List<Field> fields, List<List<@Nullable Object>> rows)
            throws IOException {
        StringWriter text = new StringWriter();
        ResultWriter writer = format.writer(text);
        writer.begin(fields);
        // Two batches, so that what is between them shows too.
        int half = rows.size() / 2;
        writer.rows(batch(fields, rows.subList(0, half)));
        writer.rows(batch(fields, rows.subList(half, rows.size())));
        writer.end();
        return text.toString();
    }

    private static Batch batch(List<Field> fields, List<List<@Nullable Object>> rows) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            ColumnBuilder column = new ColumnBuilder(fields.get(i).type(), rows.size());
            for (List<@Nullable Object> row : rows) {
                column.append(row.get(i));
            }
            columns.add(column.build());
        }
        return new Batch(rows.size(), columns);
    }

    @Test
    void csv() throws IOException {
        assertEquals("""
                id,price,big,rate,ok,day,at,name
                1,10.50,99999999999999999999999999999999999999,0.1,true,2010-05-06,2010-05-06 07:07:09.123456,plain
                ,,,,,,,
                -9223372036854775808,-0.05,-1,NaN,false,1969-12-31,1970-01-01 00:00:00,""
                9007199254740993,0.00,0,-Infinity,true,1970-01-01,1970-01-01 00:00:01,"a ""b"", c
                d\u001b[31m"
                """, write(OutputFormat.CSV, MIXED, ROWS));
    }

    @Test
    void csvQuotesWhatNeedsIt() throws IOException {
        List<Field> fields = List.of(new Field("a,b", DataType.VARCHAR), new Field("say \"hi\"", DataType.VARCHAR));
        assertEquals(
                "\"a,b\",\"say \"\"hi\"\"\"\n\" x\",\"x \"\n\"\r\",'x;\ty'\n,日本\n",
                write(
                        OutputFormat.CSV,
                        fields,
                        List.of(
                                row(Bytes.utf8(" x"), Bytes.utf8("x ")),
                                row(Bytes.utf8("\r"), Bytes.utf8("'x;\ty'")),
                                row(null, Bytes.utf8("日本")))));
    }

    @Test
    void json() throws IOException {
        assertEquals("""
                [
                {"id":1,"price":10.50,"big":99999999999999999999999999999999999999,"rate":0.1,"ok":true,\
                "day":"2010-05-06","at":"2010-05-06 07:07:09.123456","name":"plain"},
                {"id":null,"price":null,"big":null,"rate":null,"ok":null,"day":null,"at":null,"name":null},
                {"id":-9223372036854775808,"price":-0.05,"big":-1,"rate":"NaN","ok":false,"day":"1969-12-31",\
                "at":"1970-01-01 00:00:00","name":""},
                {"id":9007199254740993,"price":0.00,"big":0,"rate":"-Infinity","ok":true,"day":"1970-01-01",\
                "at":"1970-01-01 00:00:01","name":"a \\"b\\", c\\nd\\u001b[31m"}
                ]
                """, write(OutputFormat.JSON, MIXED, ROWS));
    }

    @Test
    void jsonGivesColumnsOfOneNameDifferentKeys() throws IOException {
        List<Field> fields = List.of(
                new Field("n", DataType.INT64),
                new Field("n", DataType.INT64),
                new Field("n_2", DataType.INT64),
                new Field("q\"\\", DataType.INT64));
        assertEquals(
                "[\n{\"n\":1,\"n_3\":2,\"n_2\":3,\"q\\\"\\\\\":4}\n]\n",
                write(OutputFormat.JSON, fields, List.of(row(1L, 2L, 3L, 4L))));
    }

    @Test
    void nothingAtAll() throws IOException {
        List<Field> one = List.of(new Field("n", DataType.INT64));
        assertEquals("n\n", write(OutputFormat.CSV, one, List.of()));
        assertEquals("[]\n", write(OutputFormat.JSON, one, List.of()));
        assertEquals(" n\n---\n", write(OutputFormat.TABLE, one, List.of()));
    }

    @Test
    void table() throws IOException {
        List<Field> fields = List.of(
                new Field("city", DataType.VARCHAR),
                new Field("n", DataType.INT32),
                new Field("share", DataType.decimal(5, 2)),
                new Field("ok", DataType.BOOLEAN));
        assertEquals(
                """
                 city        |       n |  share | ok
                -------------+---------+--------+--------
                 Zürich      |       1 |  12.50 | true
                 東京        | 1000000 | <null> | false
                 a\\nb\\u001bc |  <null> |   0.00 | <null>
                             |      -7 | 100.00 | true
                """,
                write(
                        OutputFormat.TABLE,
                        fields,
                        List.of(
                                row(Bytes.utf8("Zürich"), 1L, 1250L, true),
                                row(Bytes.utf8("東京"), 1_000_000L, null, false),
                                row(Bytes.utf8("a\nb\u001bc"), null, 0L, null),
                                row(Bytes.utf8(""), -7L, 10_000L, true))));
    }

    @Test
    void aLongTableStreamsWithTheWidthsOfItsBeginning() throws IOException {
        List<Field> fields = List.of(new Field("n", DataType.INT64), new Field("t", DataType.VARCHAR));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (long i = 0; i < 5_000; i++) {
            rows.add(row(i, Bytes.utf8("x")));
        }
        rows.add(row(123_456_789L, Bytes.utf8("y")));
        List<String> lines = write(OutputFormat.TABLE, fields, rows).lines().toList();
        assertEquals(5_003, lines.size());
        assertEquals("    n | t", lines.get(0));
        assertEquals(" 4999 | x", lines.get(5_001));
        assertEquals(" 123456789 | y", lines.get(5_002));
    }

    @Test
    void aPlanHasNoFrame() throws IOException {
        assertEquals(
                "scan\n  pushed: x < 1\n",
                write(
                        OutputFormat.TABLE,
                        List.of(new Field("plan", DataType.VARCHAR)),
                        List.of(row(Bytes.utf8("scan")), row(Bytes.utf8("  pushed: x < 1")))));
    }

    @Test
    void widthsCountScreenColumns() {
        assertEquals(3, TextTable.width("abc"));
        assertEquals(4, TextTable.width("東京"));
        assertEquals(1, TextTable.width("e\u0301"));
        assertEquals(2, TextTable.width("😀"));
        assertEquals(0, TextTable.width(""));
    }

    @Test
    void dataCannotDriveTheTerminal() {
        assertEquals("\\u001b]0;x\\u0007", Escapes.visible("\u001b]0;x\u0007"));
        assertEquals("a\\u202eb", Escapes.visible("a\u202eb"));
        assertEquals("\\u200fa\\u061c\\u2028", Escapes.visible("\u200fa\u061c\u2028"));
        assertEquals("\"\\u009b31m\"", Escapes.json("\u009b31m"));
        assertEquals("line one\nline\\ttwo", Escapes.visibleLines("line one\nline\ttwo"));
        assertTrue(Escapes.visible("日本 é").equals("日本 é"));
    }
}
