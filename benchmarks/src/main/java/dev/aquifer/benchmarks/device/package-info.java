/**
 * Devices alone, timed by JMH: the cases of {@code primitive} over blocks in memory, without SQL, transport or cache; and the
 * figures as text and pictures. May use {@code primitive}, {@code report}, the conformance suite's comparison with the
 * reference device, and whatever devices are on the class path.
 */
@NullMarked
package dev.aquifer.benchmarks.device;

import org.jspecify.annotations.NullMarked;
