/**
 * From what a query means to what runs where: Calcite's rewrites in their order, then one file for each shape that is
 * pushed. May use {@code catalog} to {@code plan}. A rule either pushes, or says why not; nothing is dropped in silence.
 */
@NullMarked
package dev.aquifer.engine.rules;

import org.jspecify.annotations.NullMarked;
