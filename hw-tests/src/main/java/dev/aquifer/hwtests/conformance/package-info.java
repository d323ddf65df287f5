/**
 * The conformance suite: does a device give, bit for bit, what the reference device gives. May use {@code accelerator-spi}
 * and {@code generate}, and no test library, so that it also runs from the command line on a machine with new hardware.
 */
@NullMarked
package dev.aquifer.hwtests.conformance;

import org.jspecify.annotations.NullMarked;
