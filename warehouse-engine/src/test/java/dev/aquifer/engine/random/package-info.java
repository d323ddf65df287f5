/**
 * Random queries over random tables, on the engine and on DuckDB. Everything follows from one seed, which a failure
 * prints. May use the targets of {@code slt}; must not look into the planner.
 */
@NullMarked
package dev.aquifer.engine.random;

import org.jspecify.annotations.NullMarked;
