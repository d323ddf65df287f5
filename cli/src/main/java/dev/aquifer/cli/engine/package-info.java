/**
 * {@code aquifer engine}: the engine as a server for JDBC and ADBC clients. May use {@code local}, {@code config} and the
 * engine's {@code server} and {@code session}.
 */
@NullMarked
package dev.aquifer.cli.engine;

import org.jspecify.annotations.NullMarked;
