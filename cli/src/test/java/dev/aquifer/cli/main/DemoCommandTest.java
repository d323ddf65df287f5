package dev.aquifer.cli.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.cli.main.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoCommandTest {
    @TempDir
    private static Path home;

    @Test
    void showsWhatPushingSaves() throws IOException {
        Outcome outcome = new Cli(home).run("demo", "--scale", "0.01");
        assertEquals(0, outcome.code(), outcome.out() + outcome.err());
        assertTrue(outcome.out().contains("1193053.2253"), outcome.out());
        assertTrue(outcome.out().contains("Each query gave the same answer all four times."), outcome.out());

        List<List<String>> rows = outcome.out()
                .lines()
                .filter(line -> line.chars().filter(c -> c == '|').count() == 10)
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .skip(1)
                .toList();
        assertEquals(28, rows.size(), outcome.out());
        for (List<String> row : rows) {
            String what = row + "\n" + outcome.out();
            switch (row.get(1)) {
                case "cold" -> {
                    assertTrue(!row.get(7).equals("0 B"), "a cold run reads from S3: " + what);
                    assertTrue(row.get(10).endsWith(" x"), what);
                }
                case "restarted" -> {
                    assertEquals("0 B", row.get(7), "nothing is fetched again: " + what);
                    assertTrue(!row.get(8).equals("0 B"), "a restarted node reads from its SSD: " + what);
                }
                case "hot" -> {
                    assertEquals("0 B", row.get(7), what);
                    assertEquals("0 B", row.get(8), "what is hot is in memory: " + what);
                }
                case "pulled" -> assertTrue(!row.get(7).equals("0 B"), "the engine fetches from S3: " + what);
                default -> throw new AssertionError(what);
            }
        }
        // Of all that it used, the tables stay.
        Path cache = home.resolve(".cache/aquifer");
        assertTrue(Files.exists(cache.resolve("tpch-0.01/lineitem")));
        try (Stream<Path> left = Files.list(cache.resolve("demo-0"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void refusesAWrongScale() {
        assertEquals(2, new Cli(home).run("demo", "--scale", "-1").code());
    }
}
