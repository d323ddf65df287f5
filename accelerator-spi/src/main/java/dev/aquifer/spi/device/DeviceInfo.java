package dev.aquifer.spi.device;

/**
 * What a device is.
 *
 * @param name how it is asked for: {@code cpu}, {@code reference}, {@code opencl:0}
 * @param description one line for people: model, vector width, driver
 */
public record DeviceInfo(String name, String description) {}
