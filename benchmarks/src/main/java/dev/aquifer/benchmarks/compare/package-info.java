/**
 * Whole queries against another engine, and by one thread against several: both sides get the same data and question in turns,
 * and no time counts before the answers were compared. May use everything.
 */
@NullMarked
package dev.aquifer.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
