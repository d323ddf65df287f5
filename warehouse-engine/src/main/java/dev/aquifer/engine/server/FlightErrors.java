package dev.aquifer.engine.server;

import dev.aquifer.protocol.status.Statuses;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCategory;
import java.util.function.Supplier;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.grpc.StatusUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Errors as SQL clients see them: a Flight status, and a message that starts with the code. */
final class FlightErrors {
    private static final Logger LOG = LoggerFactory.getLogger(FlightErrors.class);

    private FlightErrors() {}

    /** What a call is answered with, whatever was thrown. Defects are logged here, as clients are not told their insides. */
    static FlightRuntimeException of(Throwable thrown) {
        if (thrown instanceof FlightRuntimeException flight) {
            return flight;
        }
        if (thrown instanceof AquiferException known) {
            if (known.code().category() == ErrorCategory.INTERNAL) {
                LOG.error("a request failed by a defect", known);
            }
            AquiferException labelled =
                    new AquiferException(known.code(), known.code().label() + ": " + known.getMessage(), known);
            return StatusUtils.fromGrpcRuntimeException(Statuses.toStatus(labelled));
        }
        LOG.error("a request failed by a defect", thrown);
        return StatusUtils.fromGrpcRuntimeException(Statuses.toStatus(thrown));
    }

    /** Runs a call that answers by its result; the border at which everything becomes a Flight error. */
    static <T> T answering(Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw of(e);
        }
    }
}
