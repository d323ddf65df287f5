/**
 * Runs plans: table accesses on nodes or in this process, and the operators above them. Rows are arrays of physical
 * values (see {@code dev.aquifer.spi.type}), so that one semantics, that of the reference device, holds above and below
 * the push. May use {@code catalog} to {@code client}.
 */
@NullMarked
package dev.aquifer.engine.execute;

import org.jspecify.annotations.NullMarked;
