/**
 * The CPU as a device: a pipeline and a sink behind the contract of {@code dev.aquifer.spi.device}. May use the SPI, {@code vector} and
 * {@code group}.
 */
@NullMarked
package dev.aquifer.cpu.device;

import org.jspecify.annotations.NullMarked;
