package dev.aquifer.benchmarks.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a person types it, on a small scale. */
class QueriesCommandTest {
    @TempDir
    Path folder;

    private Typed typed;

    @BeforeEach
    void open() {
        typed = new Typed(folder);
    }

    private int run(String... arguments) {
        return typed.run(arguments);
    }

    @Test
    void everyFigureIsThereOnceTheAnswersAgreed() throws IOException {
        Path report = folder.resolve("report.html");
        int code = run(
                "bench",
                "queries",
                "--scale",
                "0.001",
                "--threads",
                "1",
                "--against",
                "duckdb",
                "--format",
                "json",
                "--query",
                "in",
                "--query",
                "regex",
                "--report",
                report.toString());
        assertEquals(0, code, typed.err());
        String json = typed.out();
        List<String> names = new ArrayList<>();
        Matcher query = Pattern.compile("\"query\":\"([a-z0-9]+)\"").matcher(json);
        while (query.find()) {
            names.add(query.group(1));
        }
        assertEquals(List.of("regex", "in"), names, json);
        for (String key : List.of(
                "aquifer_ms",
                "duckdb_ms",
                "ratio",
                "cold_aquifer_ms",
                "cold_duckdb_ms",
                "lake_bytes",
                "encoded_bytes",
                "wire_bytes",
                "gb_per_s",
                "stream_gb_per_s")) {
            Matcher value = Pattern.compile("\"" + key + "\":([0-9.]+)").matcher(json);
            assertTrue(value.find(), key + " in " + json);
            assertTrue(Double.parseDouble(value.group(1)) > 0, key + " in " + json);
        }
        String html = Files.readString(report);
        assertTrue(html.contains("<svg") && html.contains("regex"), html);
    }

    @Test
    void wrongUsageIsSaid() {
        assertEquals(2, run("bench", "queries", "--query", "q7"));
        assertTrue(typed.err().contains("there is no question q7"));
        assertEquals(2, run("bench", "queries", "--runs", "3"));
        assertEquals(2, run("bench"));
    }
}
