/**
 * Which device runs a program, and why. May use {@code metrics}. Devices are found by {@link java.util.ServiceLoader}; none
 * is known here by name.
 */
@NullMarked
package dev.aquifer.service.place;

import org.jspecify.annotations.NullMarked;
