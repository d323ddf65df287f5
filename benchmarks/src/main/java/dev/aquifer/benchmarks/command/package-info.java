/**
 * {@code aquifer bench} and what is below it. May use everything.
 */
@NullMarked
package dev.aquifer.benchmarks.command;

import org.jspecify.annotations.NullMarked;
