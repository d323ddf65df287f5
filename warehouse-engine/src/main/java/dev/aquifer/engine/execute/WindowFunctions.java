package dev.aquifer.engine.execute;

import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** What window functions give, by row of the batch. */
final class WindowFunctions {
    /** Rows between two looks at whether the query was stopped. */
    private static final int STOP_ROWS = 1024;

    private final WindowCall call;
    private final WindowFrame frame;
    private final WindowFrame.Partition partition;
    private final @Nullable Object[] results;
    private final Execution execution;

    private WindowFunctions(
            WindowCall call,
            WindowFrame frame,
            WindowFrame.Partition partition,
            @Nullable Object[] results,
            Execution execution) {
        this.call = call;
        this.frame = frame;
        this.partition = partition;
        this.results = results;
        this.execution = execution;
    }

    /** Writes the results of a partition's rows. */
    static void compute(
            WindowCall call,
            WindowFrame frame,
            WindowFrame.Partition partition,
            @Nullable Object[] results,
            Execution execution) {
        new WindowFunctions(call, frame, partition, results, execution).run();
    }

    private void run() {
        switch (call.function()) {
            case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST -> rank();
            case NTILE -> ntile();
            case LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE -> {
                for (int at = partition.from(); at < partition.to(); at++) {
                    checkStop(at);
                    set(at, moved(at));
                }
            }
            case COUNT, SUM, SUM0, AVG, MIN, MAX -> aggregate();
        }
    }

    private void checkStop(int at) {
        if (at % STOP_ROWS == 0) {
            execution.checkStop();
        }
    }

    private void set(int at, @Nullable Object value) {
        results[partition.order()[at]] = value;
    }

    private @Nullable Object argument(int index, int at) {
        Column column = partition.batch().column(call.args().get(index));
        return column.value(partition.order()[at]);
    }

    private void rank() {
        long dense = 0;
        long size = (long) partition.to() - partition.from();
        for (int at = partition.from(); at < partition.to(); at++) {
            int first = partition.peerFrom()[at];
            dense += at == first ? 1 : 0;
            long rank = first - (long) partition.from() + 1;
            set(
                    at,
                    switch (call.function()) {
                        case ROW_NUMBER -> (Object) (at - (long) partition.from() + 1);
                        case RANK -> rank;
                        case DENSE_RANK -> dense;
                        case PERCENT_RANK -> size == 1 ? 0.0 : (rank - 1) / (double) (size - 1);
                        case CUME_DIST -> ((long) partition.peerTo()[at] - partition.from()) / (double) size;
                        default -> throw new IllegalStateException(call + " is no rank");
                    });
        }
    }

    private void ntile() {
        long size = (long) partition.to() - partition.from();
        Object wanted = argument(0, partition.from());
        if (!(wanted instanceof Long buckets) || buckets < 1) {
            throw new AquiferException(ErrorCode.INVALID_ARGUMENT, "NTILE needs at least one bucket, not " + wanted);
        }
        long small = size / buckets;
        long larger = size % buckets;
        for (int at = partition.from(); at < partition.to(); at++) {
            long row = (long) at - partition.from();
            long inLarger = larger * (small + 1);
            set(at, row < inLarger ? row / (small + 1) + 1 : larger + (row - inLarger) / Math.max(1, small) + 1);
        }
    }

    private @Nullable Object moved(int at) {
        return switch (call.function()) {
            case LAG -> neighbour(at, -1);
            case LEAD -> neighbour(at, 1);
            case FIRST_VALUE -> inFrame(at, 1, false);
            case LAST_VALUE -> inFrame(at, 1, true);
            case NTH_VALUE -> inFrame(at, count(argument(1, at), 1), false);
            default -> throw new IllegalStateException(call + " moves nothing");
        };
    }

    private static long count(@Nullable Object value, long least) {
        if (!(value instanceof Long number) || number < least) {
            throw new AquiferException(
                    ErrorCode.INVALID_ARGUMENT, "a window function counts from " + least + ", not " + value);
        }
        return number;
    }

    private @Nullable Object neighbour(int at, int direction) {
        long offset = 1;
        int step = direction;
        if (call.args().size() > 1) {
            Object given = argument(1, at);
            if (!(given instanceof Long rows)) {
                return null;
            }
            offset = Math.abs(rows);
            step = rows < 0 ? -direction : direction;
        }
        int position = at;
        if (!call.ignoreNulls()) {
            long target = at + (long) step * Math.min(offset, Integer.MAX_VALUE);
            return target >= partition.from() && target < partition.to() ? argument(0, (int) target) : fallback(at);
        }
        while (offset > 0) {
            position += step;
            if (position < partition.from() || position >= partition.to()) {
                return fallback(at);
            }
            offset -= argument(0, position) == null ? 0 : 1;
        }
        return argument(0, position);
    }

    private @Nullable Object fallback(int at) {
        return call.args().size() > 2 ? argument(2, at) : null;
    }

    /** The n-th value of the frame, from its start or its end. */
    private @Nullable Object inFrame(int at, long n, boolean fromEnd) {
        int first = frame.first(partition, at);
        int end = frame.end(partition, at);
        long left = n;
        for (int i = 0; i < end - first; i++) {
            int position = fromEnd ? end - 1 - i : first + i;
            Object value = argument(0, position);
            if (value != null || !call.ignoreNulls()) {
                left--;
                if (left == 0) {
                    return value;
                }
            }
        }
        return null;
    }

    /** A frame that only grows is added to; one that lost rows is computed anew. */
    private void aggregate() {
        WindowAggregate state = newState();
        int first = partition.from();
        int end = partition.from();
        for (int at = partition.from(); at < partition.to(); at++) {
            checkStop(at);
            int newFirst = frame.first(partition, at);
            int newEnd = Math.max(newFirst, frame.end(partition, at));
            if (newFirst != first || newEnd < end) {
                execution.checkStop();
                state = newState();
                first = newFirst;
                end = newFirst;
            }
            for (; end < newEnd; end++) {
                state.add(call.args().isEmpty() ? (Object) true : argument(0, end));
            }
            set(at, state.result());
        }
    }

    private WindowAggregate newState() {
        return new WindowAggregate(
                call.function(),
                call.args().isEmpty()
                        ? null
                        : partition.batch().column(call.args().getFirst()).type());
    }
}
