/**
 * JMH benchmarks of whole queries, from SQL text to last row, with DuckDB in the same run on the same data. May use
 * everything.
 */
@NullMarked
package dev.aquifer.benchmarks.query;

import org.jspecify.annotations.NullMarked;
