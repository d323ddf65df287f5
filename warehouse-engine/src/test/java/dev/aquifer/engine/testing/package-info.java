/** What the engine's tests share: engines over files, results as text, DuckDB beside it. */
@NullMarked
package dev.aquifer.engine.testing;

import org.jspecify.annotations.NullMarked;
