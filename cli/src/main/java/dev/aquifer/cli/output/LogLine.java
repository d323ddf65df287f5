package dev.aquifer.cli.output;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** What a library logs, on one line: some put a stack trace even into the message. Named in {@code bin/logging.properties}. */
public final class LogLine extends Formatter {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    @Override
    public String format(LogRecord logged) {
        StringBuilder line = new StringBuilder()
                .append(TIME.format(logged.getInstant().atZone(ZoneId.systemDefault())))
                .append(' ')
                .append(logged.getLevel().getName())
                .append(' ')
                .append(logged.getLoggerName())
                .append(": ")
                .append(first(formatMessage(logged)));
        Throwable thrown = logged.getThrown();
        if (thrown != null) {
            line.append(": ").append(first(thrown.toString()));
        }
        return line.append(System.lineSeparator()).toString();
    }

    private static String first(String text) {
        return text.lines().map(Escapes::visible).findFirst().orElse("");
    }
}
