/**
 * What is measured of a device alone: fragments of one primitive each, over random blocks of a stated type and encoding. May
 * use the SPI. How it is timed is not known here.
 */
@NullMarked
package dev.aquifer.benchmarks.primitive;

import org.jspecify.annotations.NullMarked;
