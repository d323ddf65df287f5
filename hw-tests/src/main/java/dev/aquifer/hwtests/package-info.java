/** The conformance suite for every device, and the tests of the whole. */
@NullMarked
package dev.aquifer.hwtests;

import org.jspecify.annotations.NullMarked;
