/**
 * Random values, columns, expressions and fragments for differential tests, each from a {@link java.util.Random} that the
 * caller seeds and prints. May use {@code accelerator-spi}. Nothing is compared here.
 */
@NullMarked
package dev.aquifer.hwtests.generate;

import org.jspecify.annotations.NullMarked;
