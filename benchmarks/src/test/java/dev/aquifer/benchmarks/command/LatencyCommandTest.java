package dev.aquifer.benchmarks.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a person types it, with few runs. */
class LatencyCommandTest {
    private static final List<String> WAYS =
            List.of("fragment", "prepared", "prepared-new", "prepared-tcp", "jdbc", "text", "text-new");

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

    private String said() {
        return typed.err();
    }

    private List<String> lines() {
        return typed.out().lines().toList();
    }

    @Test
    void everyWayHasItsTimes() {
        assertEquals(0, run("bench", "latency", "--warm-up", "2", "--runs", "7", "--format", "csv"), said());
        List<String> lines = lines();
        assertEquals("way,runs,median_ms,p99_ms,max_ms", lines.getFirst());
        assertEquals(
                WAYS,
                lines.stream()
                        .skip(1)
                        .map(line -> line.substring(0, line.indexOf(',')))
                        .toList());
        Pattern figures = Pattern.compile("[a-z-]+,7,([0-9.]+),([0-9.]+),([0-9.]+)");
        for (String line : lines.subList(1, lines.size())) {
            Matcher found = figures.matcher(line);
            assertTrue(found.matches(), line);
            double median = Double.parseDouble(found.group(1));
            double p99 = Double.parseDouble(found.group(2));
            double max = Double.parseDouble(found.group(3));
            assertTrue(0 < median && median <= p99 && p99 <= max, line);
        }
        assertTrue(said().contains("jdbc: warming up") && said().contains("jdbc: measuring"), said());
    }

    @Test
    void peopleGetATable() {
        assertEquals(0, run("bench", "latency", "--warm-up", "0", "--runs", "1", "--way", "text"), said());
        assertEquals(3, lines().size(), () -> "lines are " + lines());
        assertTrue(lines().getFirst().matches(" way +\\| runs \\| +median ms +\\| +p99 ms +\\| +max ms"), said());
        assertTrue(lines().getLast().matches(" text \\| +1 \\| +[0-9.]+ \\| +[0-9.]+ \\| +[0-9.]+"), said());
    }

    @Test
    void wrongUsageIsSaid() {
        assertEquals(2, run("bench", "latency", "--way", "telepathy"));
        assertTrue(said().contains("there is no way telepathy; there are fragment, prepared, "), said());
        assertEquals(2, run("bench", "latency", "--runs", "0"));
        assertTrue(said().contains("give a run or more and no warm-up or more, not 0 and 10000"), said());
    }
}
