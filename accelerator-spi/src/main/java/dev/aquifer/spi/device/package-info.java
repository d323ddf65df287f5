/**
 * The contract every device keeps. May use all packages above it: {@code error} to {@code primitive}. Devices are found by
 * {@link java.util.ServiceLoader} as {@link dev.aquifer.spi.device.DeviceProvider}.
 */
@NullMarked
package dev.aquifer.spi.device;

import org.jspecify.annotations.NullMarked;
