/**
 * What zone maps tell about a filter without reading rows. May use {@code error} to {@code expr}. Engine, node and
 * devices ask the same question of the same code; who skips what because of the answer is their business.
 */
@NullMarked
package dev.aquifer.spi.prune;

import org.jspecify.annotations.NullMarked;
