/**
 * Partial results of devices and nodes, brought together: states of aggregates, first rows of an order. May use {@code
 * error} to {@code device}. Everything merges in any order and any grouping to the same bits; nothing here knows who
 * computed a part, or where.
 */
@NullMarked
package dev.aquifer.spi.merge;

import org.jspecify.annotations.NullMarked;
