/**
 * Fragment to primitive program. May use {@code error}, {@code type}, {@code expr}, {@code fragment} and {@code
 * primitive}. It knows of no device: placing operations is the node's business.
 */
@NullMarked
package dev.aquifer.spi.compile;

import org.jspecify.annotations.NullMarked;
