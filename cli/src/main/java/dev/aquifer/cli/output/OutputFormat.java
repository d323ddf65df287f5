package dev.aquifer.cli.output;

import java.io.Writer;

/** How results are written. */
public enum OutputFormat {
    /** Columns under each other, for people. */
    TABLE,
    /** RFC 4180 with a header line, and lines that end with a line feed. */
    CSV,
    /** One array of objects for each result. */
    JSON;

    /** A writer of one result; what it writes goes to {@code to}, which stays open. */
    public ResultWriter writer(Writer to) {
        return switch (this) {
            case TABLE -> new TableWriter(to);
            case CSV -> new CsvWriter(to);
            case JSON -> new JsonWriter(to);
        };
    }
}
