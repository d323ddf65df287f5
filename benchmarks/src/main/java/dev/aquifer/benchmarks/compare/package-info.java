/**
 * Whole queries against another engine: both get the same data, threads and question in turns, and no time counts before the
 * answers were compared. May use everything.
 */
@NullMarked
package dev.aquifer.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
