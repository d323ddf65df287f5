/**
 * Fragments: the part of a query that is pushed to the data. May use {@code error}, {@code type}, {@code batch}, {@code
 * block} and {@code expr}. How a fragment travels (Substrait) and where its files are is not known here.
 */
@NullMarked
package dev.aquifer.spi.fragment;

import org.jspecify.annotations.NullMarked;
