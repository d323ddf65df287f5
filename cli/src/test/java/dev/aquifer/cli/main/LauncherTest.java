package dev.aquifer.cli.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The script {@code ./aquifer} as it starts what is built: in a folder of its own, on a JDK of its own that only tells how
 * it was called.
 */
@SuppressWarnings("NullAway.Init")
final class LauncherTest {
    private static final Path SOURCES = Path.of(System.getProperty("aquifer.root"));
    private static final String JAVA = """
            #!/bin/sh
            for argument do printf '<%s>\\n' "$argument"; done
            { : <&0; } 2>/dev/null && echo "has standard input" >>"$0.log"
            { : >&1; } 2>/dev/null && echo "has standard output" >>"$0.log"
            { : >&2; } 2>/dev/null && echo "has standard error" >>"$0.log"
            echo said || exit 7
            """;

    @TempDir
    private Path folder;

    private Path root;
    private Path java;

    /** What a run gave: both its streams together. */
    private record Outcome(int code, String text) {}

    @BeforeEach
    void build() throws IOException {
        root = Files.createDirectories(folder.resolve("a folder \u00e9 with 'odd' name"));
        for (String file : List.of("aquifer", "bin/jdk.sh")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.copy(SOURCES.resolve(file), root.resolve(file));
        }
        java = executable(root.resolve("jdk/bin/java"), JAVA);
        executable(root.resolve("jdk/bin/javac"), "");
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        Matcher top = Pattern.compile("(?m)^\\*\\) top=(\\S+) ;;$").matcher(Files.readString(root.resolve("aquifer")));
        assertTrue(top.find(), "the launcher names the module that it starts from");
        Path out = Files.createDirectories(root.resolve(top.group(1)).resolve("target/run"));
        Files.writeString(out.resolve("java.args"), "");
        Files.writeString(out.resolve("built"), root.toRealPath() + "\n");
    }

    private static Path executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Runs shell text in which {@code $A} is the launcher; the environment holds nothing but what is given. */
    private Outcome run(String text, Map<String, String> variables) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", text)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("A", root.resolve("aquifer").toString());
        builder.environment().putAll(variables);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), said);
    }

    private Map<String, String> withJdk() {
        return Map.of("JAVA_HOME", root.resolve("jdk").toString());
    }

    @Test
    void handsArgumentsOnAsTheyAre() throws IOException, InterruptedException {
        Outcome outcome = run("\"$A\" sql -e \"select 'a  b' * 2\" '' '*'", withJdk());
        assertEquals(0, outcome.code(), outcome.text());
        assertTrue(
                outcome.text()
                        .endsWith("<dev.aquifer.cli.main.Main>\n<sql>\n<-e>\n<select 'a  b' * 2>\n<>\n<*>\nsaid\n"),
                outcome.text());
    }

    @Test
    void startsThroughALink() throws IOException, InterruptedException {
        Outcome outcome = run("ln -s \"$A\" here && ln -s here there && ./there doctor", withJdk());
        assertEquals(0, outcome.code(), outcome.text());
        assertTrue(outcome.text().contains("<doctor>"), outcome.text());
    }

    @Test
    void splitsTheFlagsOfTheEnvironment() throws IOException, InterruptedException {
        Outcome outcome = run("AQUIFER_JAVA_OPTS='-Xmx8g -Xss2m' \"$A\" doctor", withJdk());
        assertTrue(outcome.text().contains("<-Xmx8g>\n<-Xss2m>\n<dev.aquifer.cli.main.Main>"), outcome.text());
    }

    /** The JVM would open files of its own under the number of a stream that is closed, and then write results into them. */
    @ParameterizedTest
    @CsvSource({"<&-,0", "2>&-,0", "'<&- 2>&-',0", ">&-,7"})
    void aClosedStreamIsNotLeftToTheJvm(String closed, int code) throws IOException, InterruptedException {
        Outcome outcome = run("\"$A\" sql " + closed, withJdk());
        String log = Files.readString(java.resolveSibling("java.log"));
        assertTrue(log.contains("has standard input"), log);
        assertTrue(log.contains("has standard error"), log);
        // There is one, and what is written to it fails.
        assertEquals(code, outcome.code(), outcome.text() + log);
        assertFalse(
                log.contains("has standard output")
                        && code != 0
                        && outcome.text().contains("said"),
                log);
    }

    @Test
    void looksForAJdkWhereThereIsNoHome() throws IOException, InterruptedException {
        Outcome outcome = run("\"$A\" --version", Map.of());
        assertFalse(outcome.text().contains("HOME: unbound"), outcome.text());
    }

    @Test
    void saysWhatIsMissing() throws IOException, InterruptedException {
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        String script = ". \"${A%/*}/bin/jdk.sh\"; find_jdk 999";
        Outcome outcome = run("set -u; " + script, withJdk());
        assertEquals(1, outcome.code(), outcome.text());
        assertTrue(outcome.text().startsWith("aquifer: no JDK 999 or newer was found."), outcome.text());
        assertTrue(outcome.text().contains("a JDK 17."), outcome.text());
    }
}
