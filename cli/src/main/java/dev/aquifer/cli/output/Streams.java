package dev.aquifer.cli.output;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Where a command reads and writes.
 *
 * @param in standard input
 * @param out standard output: data only, as UTF-8 bytes
 * @param err standard error: everything else
 */
public record Streams(InputStream in, OutputStream out, PrintStream err) {}
