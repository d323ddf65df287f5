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

/** The command as a person types it, on a small scale. */
class ScalingCommandTest {
    @TempDir
    Path folder;

    private Typed typed;

    @BeforeEach
    void open() {
        typed = new Typed(folder);
    }

    @Test
    void bothNodesAndMemoryAreTimed() {
        int code = typed.run(
                "bench",
                "scaling",
                "--scale",
                "0.001",
                "--threads",
                "2",
                "--query",
                "q6",
                "--rounds",
                "2",
                "--runs",
                "7",
                "--format",
                "json");
        assertEquals(0, code, typed.err());
        String json = typed.out();
        assertTrue(json.contains("\"query\":\"q6\"") && json.contains("\"threads\":2"), json);
        for (String key : List.of("one_ms", "many_ms", "ratio", "memory_ratio")) {
            Matcher value = Pattern.compile("\"" + key + "\":([0-9.]+)").matcher(json);
            assertTrue(value.find(), key + " in " + json);
            assertTrue(Double.parseDouble(value.group(1)) > 0, key + " in " + json);
        }
    }

    @Test
    void oneThreadIsNotSeveral() {
        assertEquals(2, typed.run("bench", "scaling", "--threads", "1"));
        assertTrue(typed.err().contains("give two threads or more"), typed.err());
    }

    @Test
    void anUnknownQuestionIsNamedWithThoseThereAre() {
        assertEquals(2, typed.run("bench", "scaling", "--query", "q7"));
        assertTrue(
                typed.err().contains("there is no question q7") && typed.err().contains("q6, q1, like"), typed.err());
    }
}
