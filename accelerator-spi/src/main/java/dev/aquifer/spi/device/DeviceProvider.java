package dev.aquifer.spi.device;

import java.util.List;

/** Finds the devices of one kind on this machine; registered with {@link java.util.ServiceLoader}. */
public interface DeviceProvider {
    /** The kind: {@code cpu}, {@code opencl}, {@code vliw}, {@code reference}. */
    String kind();

    /** Higher is preferred where no device is asked for by name. The reference device has 0. */
    int preference();

    /** Opens the devices of this kind; empty where there are none, with a line of reason in {@link #unavailableReason()}. */
    List<Device> open();

    /** Why {@link #open()} finds nothing, or an empty text where it does. */
    String unavailableReason();
}
