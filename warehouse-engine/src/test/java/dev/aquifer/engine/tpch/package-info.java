/**
 * The 22 queries of TPC-H on the engine and on DuckDB, over the same files. May use the targets of {@code slt} and the
 * generator of demo-lake.
 */
@NullMarked
package dev.aquifer.engine.tpch;

import org.jspecify.annotations.NullMarked;
