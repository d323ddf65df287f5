/**
 * The smallest questions, asked one after another by one client: what a call costs that computes next to nothing, and what
 * each layer between client and node adds. May use everything but {@code command}.
 */
@NullMarked
package dev.aquifer.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
