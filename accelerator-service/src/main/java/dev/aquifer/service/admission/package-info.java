/**
 * What requests hold: places, work memory, time, and their turn. May use {@code metrics} and {@code tenant}. It knows
 * nothing of plans, blocks or devices.
 */
@NullMarked
package dev.aquifer.service.admission;

import org.jspecify.annotations.NullMarked;
