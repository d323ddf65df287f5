/**
 * SQL text to a checked tree: parser, names, types, and errors with their place in the text. May use {@code catalog} and
 * Calcite's parser and validator. It optimises nothing and reads no data.
 */
@NullMarked
package dev.aquifer.engine.sql;

import org.jspecify.annotations.NullMarked;
