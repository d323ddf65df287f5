package dev.aquifer.engine.execute;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which rows around a row its frame has.
 *
 * @param rows whether bounds count rows; otherwise they are distances of the one order key (or none is given)
 */
record WindowFrame(boolean rows, Bound lower, Bound upper) {
    /** One end of a frame. */
    sealed interface Bound {
        record Unbounded(boolean preceding) implements Bound {}

        record CurrentRow() implements Bound {}

        /** @param offset rows, or a distance (of times: microseconds); not negative */
        record Offset(boolean preceding, BigDecimal offset) implements Bound {}
    }

    /** A partition in its order: rows {@code from} to {@code to} of {@code order}, with the peers of each. */
    record Partition(Batch batch, int[] order, int from, int to, int[] peerFrom, int[] peerTo, List<SortKey> keys) {}

    /** The first position of the frame of the row at a position. */
    int first(Partition partition, int at) {
        return switch (lower) {
            case Bound.Unbounded unbounded -> unbounded.preceding() ? partition.from : partition.to;
            case Bound.CurrentRow current -> rows ? at : partition.peerFrom[at];
            case Bound.Offset offset ->
                rows ? clamp(partition, at + signed(offset)) : byDistance(partition, at, offset, true);
        };
    }

    /** The position after the last one of the frame. */
    int end(Partition partition, int at) {
        return switch (upper) {
            case Bound.Unbounded unbounded -> unbounded.preceding() ? partition.from : partition.to;
            case Bound.CurrentRow current -> rows ? at + 1 : partition.peerTo[at];
            case Bound.Offset offset ->
                rows ? clamp(partition, at + signed(offset) + 1) : byDistance(partition, at, offset, false);
        };
    }

    private static long signed(Bound.Offset offset) {
        long rows = offset.offset().min(BigDecimal.valueOf(Integer.MAX_VALUE)).longValue();
        return offset.preceding() ? -rows : rows;
    }

    private static int clamp(Partition partition, long position) {
        return (int) Math.max(partition.from, Math.min(partition.to, position));
    }

    /** The first position whose key is not before the bound, or the first past it. */
    private static int byDistance(Partition partition, int at, Bound.Offset offset, boolean isLower) {
        SortKey key = partition.keys.getFirst();
        BigDecimal here = distance(partition, at, key);
        if (here == null) {
            // Nulls have no distance but to each other.
            return isLower ? partition.peerFrom[at] : partition.peerTo[at];
        }
        boolean grows = offset.preceding() == key.descending();
        BigDecimal bound = grows ? here.add(offset.offset()) : here.subtract(offset.offset());
        // Nulls are peers of each other, at one end; between them and the other end the keys are in order.
        boolean nullFirst = distance(partition, partition.from, key) == null;
        boolean nullLast = distance(partition, partition.to - 1, key) == null;
        int low = nullFirst ? partition.peerTo[partition.from] : partition.from;
        int high = nullLast ? partition.peerFrom[partition.to - 1] : partition.to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            BigDecimal value = Objects.requireNonNull(distance(partition, middle, key));
            int order = key.descending() ? bound.compareTo(value) : value.compareTo(bound);
            if (isLower ? order >= 0 : order > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static @Nullable BigDecimal distance(Partition partition, int at, SortKey key) {
        DataType type = partition.batch.column(key.column()).type();
        Object value = partition.batch.column(key.column()).value(partition.order[at]);
        return switch (value) {
            case null -> null;
            case Long number
            when type.equals(DataType.DATE) -> BigDecimal.valueOf(number).multiply(BigDecimal.valueOf(86_400_000_000L));
            case Long number -> BigDecimal.valueOf(number, type.scale());
            case BigInteger wide -> new BigDecimal(wide, type.scale());
            case Double number when !number.isNaN() && !number.isInfinite() -> new BigDecimal(number);
            default ->
                throw new AquiferException(
                        ErrorCode.UNSUPPORTED, "RANGE over distances of " + type + " values such as " + value);
        };
    }
}
