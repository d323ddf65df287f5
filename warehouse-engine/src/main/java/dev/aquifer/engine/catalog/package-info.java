/**
 * The tables a query can name: where their files are, and the schema merged over them. May use {@code lake-io} and the
 * SPI. SQL and planner classes must not appear here.
 */
@NullMarked
package dev.aquifer.engine.catalog;

import org.jspecify.annotations.NullMarked;
