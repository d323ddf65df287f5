/**
 * The TPC-H tables as Parquet files, and the 22 queries. May use {@code s3} (to put the files there), the row generator and
 * the Parquet writer. It must not run queries: it sits below the engine.
 */
@NullMarked
package dev.aquifer.demo.tpch;

import org.jspecify.annotations.NullMarked;
