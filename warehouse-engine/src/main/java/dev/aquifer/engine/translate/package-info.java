/**
 * Calcite's expressions to those of fragments, fully typed, and constants back. May use {@code sql} and the SPI. What has no
 * counterpart is answered with the reason, which EXPLAIN shows; nothing here decides where an expression runs.
 */
@NullMarked
package dev.aquifer.engine.translate;

import org.jspecify.annotations.NullMarked;
