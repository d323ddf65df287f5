/**
 * What zone maps tell without reading rows: whether a filter can be true, and counts and extremes. May use {@code error} to
 * {@code fragment}. Whoever asks, asks the same code; who skips what because of the answer is their business.
 */
@NullMarked
package dev.aquifer.spi.prune;

import org.jspecify.annotations.NullMarked;
