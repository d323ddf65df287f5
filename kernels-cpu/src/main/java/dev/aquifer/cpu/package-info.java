/** The CPU device: primitives as loops of the Vector API. */
@NullMarked
package dev.aquifer.cpu;

import org.jspecify.annotations.NullMarked;
