/**
 * Plan nodes of our own: a fragment over a table of the lake, or over the rows of another node. May use {@code catalog},
 * {@code sql}, {@code translate}, the SPI and Calcite's relational algebra. Nothing here runs.
 */
@NullMarked
package dev.aquifer.engine.plan;

import org.jspecify.annotations.NullMarked;
