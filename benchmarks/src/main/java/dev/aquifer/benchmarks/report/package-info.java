/**
 * What all reports of figures have in common: the machine they come from, and pages with bars. Uses the JDK only; knows
 * nothing of what was measured.
 */
@NullMarked
package dev.aquifer.benchmarks.report;

import org.jspecify.annotations.NullMarked;
