package dev.aquifer.service.server;

import dev.aquifer.service.admission.Cancellation;
import io.grpc.Context;
import io.grpc.Deadline;
import java.util.concurrent.TimeUnit;

/** What ends a call's work before its time: the caller's deadline, or the caller. */
final class CallStop {
    private CallStop() {}

    /** For the call that the current thread serves. */
    static Cancellation ofCall() {
        Deadline deadline = Context.current().getDeadline();
        return deadline == null
                ? Cancellation.withoutDeadline()
                : Cancellation.within(deadline.timeRemaining(TimeUnit.NANOSECONDS));
    }

    /** The caller left. gRPC tells a deadline that passed as this too; the clock knows better. */
    static void callerLeft(Cancellation stop) {
        boolean _ = stop.stopped() || stop.stop(Cancellation.cancelled());
    }
}
