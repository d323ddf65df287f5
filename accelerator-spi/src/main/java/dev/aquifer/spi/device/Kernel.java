package dev.aquifer.spi.device;

import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Program;
import java.util.List;

/** A program made ready on a device. Thread-safe. */
public interface Kernel extends AutoCloseable {
    Program program();

    /**
     * Starts one thread's share of an execution.
     *
     * @param arguments one for each of the program's parameters, of its kind and type
     * @throws dev.aquifer.spi.error.AquiferException INVALID_ARGUMENT if the pattern of a LIKE is malformed
     */
    Accumulator open(List<Argument> arguments, ExecutionContext context);

    @Override
    void close();
}
