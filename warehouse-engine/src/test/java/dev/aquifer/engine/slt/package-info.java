/**
 * SQL tests as files: {@code src/test/resources/slt/**}. Each file holds tables and queries with the rows they must
 * give; it runs against the engine with pushdown off and on, and against DuckDB, which so vouches for the rows. The
 * format is in {@link dev.aquifer.engine.slt.SltParser}. May use the session API of the engine and the node; must not look into the planner.
 */
@NullMarked
package dev.aquifer.engine.slt;

import org.jspecify.annotations.NullMarked;
