/** What Aquifer costs: JMH for the kernels, end-to-end comparisons for the whole. */
@NullMarked
package dev.aquifer.benchmarks;

import org.jspecify.annotations.NullMarked;
