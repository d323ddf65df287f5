/**
 * {@code aquifer sql}: statements from the command line, a file, standard input or a shell, and their results. May use
 * {@code local}, {@code config}, {@code output} and the engine's {@code session}. It must not know how queries run.
 */
@NullMarked
package dev.aquifer.cli.sql;

import org.jspecify.annotations.NullMarked;
