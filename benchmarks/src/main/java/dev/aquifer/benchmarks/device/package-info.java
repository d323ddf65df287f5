/**
 * JMH benchmarks of devices alone: programs over blocks in memory, without SQL, transport or cache. May use the SPI and
 * whatever devices are on the class path.
 */
@NullMarked
package dev.aquifer.benchmarks.device;

import org.jspecify.annotations.NullMarked;
