package dev.aquifer.spi.device;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.primitive.Program;

/**
 * Something that runs primitive programs over stripes. Thread-safe. Whatever a device does inside, its results are those
 * of the reference device, bit for bit.
 */
public interface Device extends AutoCloseable {
    DeviceInfo info();

    /** Whether the device can run a program, and if not, why not, operation by operation. Compiles nothing. */
    Support check(Program program);

    /**
     * Makes a program ready to run. The kernel may be used for many executions at once, with different arguments.
     *
     * @throws AquiferException DEVICE_UNSUPPORTED with the reasons if {@link #check} says no
     */
    Kernel compile(Program program);

    @Override
    void close();
}
