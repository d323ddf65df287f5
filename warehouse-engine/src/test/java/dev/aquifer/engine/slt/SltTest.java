package dev.aquifer.engine.slt;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every test file in every mode. {@code -Daquifer.slt=PART} runs only files whose path has the part, {@code
 * -Daquifer.mode=MODE} only one mode of the engine.
 */
class SltTest {
    private static final int SHOWN = 60;

    @TestFactory
    List<DynamicContainer> files() throws IOException, URISyntaxException {
        String part = System.getProperty("aquifer.slt", "");
        URL url = Objects.requireNonNull(SltTest.class.getResource("/slt"), "no folder slt among the test resources");
        Path root = Path.of(url.toURI());
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(path -> path.toString().endsWith(".slt"))
                    .sorted()
                    .toList();
        }
        List<DynamicContainer> containers = new ArrayList<>();
        for (Path file : files) {
            String name = root.relativize(file).toString();
            if (name.contains(part)) {
                SltScript script = SltParser.parse(name, Files.readAllLines(file));
                containers.add(DynamicContainer.dynamicContainer(name, modes(script)));
            }
        }
        assertTrue(!containers.isEmpty(), "no test file has " + part + " in its path");
        return containers;
    }

    private static Stream<DynamicTest> modes(SltScript script) {
        Stream<DynamicTest> engine = EngineMode.chosen().stream()
                .map(mode -> test(script, mode.name(), (duck, tables) -> mode.open(tables)));
        return Stream.concat(Stream.of(test(script, "DUCKDB", (duck, tables) -> duck)), engine);
    }

    /** How a mode comes to its target from the tables, which are in DuckDB and in files. */
    private interface Opening {
        SqlTarget open(DuckDb duck, Map<String, String> tables);
    }

    private static DynamicTest test(SltScript script, String mode, Opening opening) {
        return DynamicTest.dynamicTest(script.name() + " " + mode, () -> run(script, mode, opening));
    }

    private static void run(SltScript script, String mode, Opening opening) throws IOException, SQLException {
        Path folder = Files.createTempDirectory("aquifer-slt");
        try (DuckDb duck = DuckDb.open()) {
            Map<String, String> tables = ParquetTables.write(duck, script.tables(), folder);
            try (SqlTarget target = opening.open(duck, tables)) {
                report(SltRun.run(script, target), script, mode);
            }
        } finally {
            delete(folder);
        }
    }

    private static void report(SltRun.Report report, SltScript script, String mode) {
        if (!report.findings().isEmpty()) {
            fail(report.findings().size() + " of " + report.ran() + " records of " + script.name()
                    + " are wrong in mode " + mode + "\n"
                    + String.join("\n", report.findings().stream().limit(SHOWN).toList()));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
