/**
 * What becomes of the rows that pass: rows as they are, the first in an order, or groups with the states of their
 * aggregates. May use the SPI and {@code vector}. State lives in flat arrays, and grows only after the budget said yes.
 */
@NullMarked
package dev.aquifer.cpu.group;

import org.jspecify.annotations.NullMarked;
