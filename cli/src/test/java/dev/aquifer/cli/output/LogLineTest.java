package dev.aquifer.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

final class LogLineTest {
    private static String line(String message, Throwable thrown) {
        LogRecord logged = new LogRecord(Level.WARNING, message);
        logged.setLoggerName("io.someone");
        logged.setThrown(thrown);
        return new LogLine().format(logged);
    }

    @Test
    void isOneLineWhateverIsLogged() {
        String line = line(
                "no route\n\tat a.B.c(B.java:1)\u001b[2J", new IOException("gone\nreally", new IOException("below")));
        assertTrue(
                line.matches("\\d\\d:\\d\\d:\\d\\d WARNING io\\.someone: no route: java\\.io\\.IOException: gone\\R"),
                line);
        assertEquals(1, line.lines().count(), line);
        assertTrue(line("\u001b[2J", new IOException("x")).contains(": \\u001b[2J: "));
    }

    @Test
    void theLauncherUsesIt() throws IOException {
        Properties properties = new Properties();
        try (var file =
                Files.newBufferedReader(Path.of(System.getProperty("aquifer.root"), "bin/logging.properties"))) {
            properties.load(file);
        }
        assertEquals(LogLine.class.getName(), properties.getProperty("java.util.logging.ConsoleHandler.formatter"));
    }
}
