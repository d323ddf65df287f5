package dev.aquifer.benchmarks.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a person types it, over a single stripe and within this JVM. */
class PrimitivesCommandTest {
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

    private int measure(String... more) {
        String[] arguments = {
            "bench", "primitives", "--quick", "--forks", "0", "--stripes", "1", "--seed", "5", "--primitive", "less"
        };
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return run(all);
    }

    private String said() {
        return typed.err();
    }

    @Test
    void everyFigureIsThere() throws IOException {
        Path report = folder.resolve("report.html");
        assertEquals(
                0,
                measure("--type", "int16", "--format", "json", "--report", report.toString(), "--threads", "2"),
                said());
        String json = typed.out();
        assertTrue(
                json.contains("\"primitive\":\"less\",\"type\":\"INT16\",\"encoding\":\"PACKED\",\"bits\":12,"
                        + "\"selectivity\":0.1,\"threads\":2,\"rows\":65536,"),
                json);
        for (String key : List.of(
                "encoded_bytes",
                "ns_per_vector",
                "values_per_s",
                "values_per_s_error",
                "gb_per_s",
                "stream_gb_per_s")) {
            Matcher value = Pattern.compile("\"" + key + "\":([0-9.]+)").matcher(json);
            assertTrue(value.find(), key + " in " + json);
            assertTrue(Double.parseDouble(value.group(1)) > 0, key + " in " + json);
        }
        String html = Files.readString(report);
        assertTrue(html.contains("<svg") && html.contains("less INT16 PACKED/12 0.1"), html);
        assertTrue(said().contains("seed 5"), said());
    }

    @Test
    void theReferenceDeviceIsADeviceToo() {
        assertEquals(0, measure("--type", "INT16", "--device", "reference", "--format", "csv"), said());
        List<String> lines = typed.out().lines().toList();
        assertEquals(2, lines.size(), () -> "lines are " + lines);
        assertTrue(lines.getLast().startsWith("reference,less,INT16,PACKED,12,0.1,1,65536,"), lines::getLast);
    }

    @Test
    void wrongUsageIsSaid() {
        assertEquals(2, run("bench", "primitives", "--device", "abacus"));
        assertTrue(said().contains("no device 'abacus'") && said().contains("there are: cpu, reference"), said());
        assertEquals(2, run("bench", "primitives", "--primitive", "lik"));
        assertTrue(
                said().contains("there is no primitive lik; there are add, ") && said().contains("like_two"), said());
        assertEquals(2, run("bench", "primitives", "--type", "INT9"));
        assertTrue(said().contains("there is no type INT9; there are DATE, DECIMAL(15,2)"), said());
        assertEquals(2, run("bench", "primitives", "--primitive", "between", "--encoding", "PLAIN"));
        assertTrue(said().contains("no case has all of between, PLAIN"), said());
        assertEquals(2, run("bench", "primitives", "--stripes", "0"));
    }
}
