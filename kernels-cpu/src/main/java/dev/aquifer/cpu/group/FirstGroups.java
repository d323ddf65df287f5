package dev.aquifer.cpu.group;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.fragment.FinalColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The groups of a sink that can be among the first of an order, ties with the last of these included. Groups that do not come after
 * the last one known are kept, and cut to the first again when there are twice as many; states are compared as they are.
 */
final class FirstGroups {
    private static final int LEAST_KEPT = 1024;
    /** Longer orders are for whoever has room for them. */
    private static final int MOST_KEPT = 1 << 26;

    /** Bytes that a group takes to be sorted, about: its number as an object, and references to it. */
    private static final long SORT_BYTES = 32;

    private final GroupSink sink;
    private final MemoryReservation memory;
    private final KeyIndex index;
    private final List<Completion.Key> order;
    private final int[] positions;
    private final boolean[] isKey;
    private final int limit;
    private int[] kept;
    private int size;
    /** The group at the limit among those seen so far, or -1. */
    private int last = -1;

    /** Whether the order is one of keys and comparable states. */
    static boolean canTell(GroupSink sink, Completion.Top top) {
        return sink.groups() != null
                && top.limit() <= MOST_KEPT
                && top.order().stream().allMatch(key -> canTell(sink, key.column()));
    }

    private static boolean canTell(GroupSink sink, FinalColumn column) {
        return switch (column) {
            case FinalColumn.Key key -> true;
            case FinalColumn.Value value -> sink.states().get(value.state()).isComparable();
            case FinalColumn.Average average -> false;
        };
    }

    /** @param memory asked for what is kept; the caller closes it */
    FirstGroups(GroupSink sink, Completion.Top top, MemoryReservation memory) {
        GroupKeys keys = sink.groups();
        if (keys == null) {
            throw new IllegalStateException("the aggregation has no keys");
        }
        this.sink = sink;
        this.memory = memory;
        this.index = keys.index();
        this.order = top.order();
        this.positions = new int[order.size()];
        this.isKey = new boolean[order.size()];
        for (int i = 0; i < positions.length; i++) {
            isKey[i] = order.get(i).column() instanceof FinalColumn.Key;
            positions[i] = switch (order.get(i).column()) {
                case FinalColumn.Key key -> key.key();
                case FinalColumn.Value value -> value.state();
                case FinalColumn.Average average -> throw new IllegalArgumentException("an average");
            };
        }
        this.limit = (int) top.limit();
        memory.add(4L * LEAST_KEPT);
        this.kept = new int[LEAST_KEPT];
        sink.states().forEach(GroupState::settle);
    }

    List<Batch> batches() {
        if (limit == 0) {
            return List.of();
        }
        LongPages values = isKey.length == 0 || isKey[0]
                ? null
                : sink.states().get(positions[0]).plainValues();
        long[] groups = sink.groupBits().words();
        for (int word = 0; word < groups.length; word++) {
            long left = groups[word];
            if (left != 0) {
                offer(word << 6, values == null ? left : notPast(values, word << 6, left));
            }
        }
        cut();
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < size; from += Stripes.MAX_ROWS) {
            int[] numbers = Arrays.copyOfRange(kept, from, Math.min(size, from + Stripes.MAX_ROWS));
            batches.add(sink.batch(numbers, numbers.length));
        }
        return batches;
    }

    /** Of 64 groups, those whose first sort value is not past that of the last group known. */
    private long notPast(LongPages values, int first, long groups) {
        if (last < 0) {
            return groups;
        }
        boolean descending = order.getFirst().descending();
        long bar = values.get(last);
        long[] page = values.page(first);
        int at = values.at(first);
        long kept = 0;
        for (long left = groups; left != 0; left &= left - 1) {
            int place = Long.numberOfTrailingZeros(left);
            long value = page[at + place];
            kept |= (descending ? value >= bar : value <= bar) ? 1L << place : 0;
        }
        return kept;
    }

    private void offer(int first, long groups) {
        for (long left = groups; left != 0; left &= left - 1) {
            int number = first + Long.numberOfTrailingZeros(left);
            if (last < 0 || compare(number, last) <= 0) {
                if (size == kept.length) {
                    makeRoom();
                }
                kept[size++] = number;
            }
        }
    }

    private void makeRoom() {
        if (kept.length >= 2 * limit) {
            cut();
        }
        // Also after ties: the next cut must have something to cut.
        if (2 * size > kept.length) {
            memory.add(4L * kept.length);
            kept = Arrays.copyOf(kept, 2 * kept.length);
        }
    }

    private void cut() {
        if (size <= limit) {
            return;
        }
        long bytes = SORT_BYTES * size;
        memory.add(bytes);
        Comparator<Integer> comparator = this::compare;
        int[] sorted = Arrays.stream(kept, 0, size)
                .boxed()
                .sorted(comparator)
                .mapToInt(Integer::intValue)
                .toArray();
        last = sorted[limit - 1];
        int end = limit;
        while (end < size && compare(sorted[end], last) == 0) {
            end++;
        }
        System.arraycopy(sorted, 0, kept, 0, end);
        size = end;
        memory.remove(bytes);
    }

    private int compare(int left, int right) {
        for (int i = 0; i < positions.length; i++) {
            int order = compare(i, left, right);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int compare(int i, int left, int right) {
        Completion.Key key = order.get(i);
        int position = positions[i];
        boolean leftNull = isNull(i, left);
        boolean rightNull = isNull(i, right);
        if (leftNull || rightNull) {
            return leftNull == rightNull ? 0 : leftNull == key.nullsFirst() ? -1 : 1;
        }
        int compared = isKey[i]
                ? keys().compare(position, left, right)
                : sink.states().get(position).compare(left, right);
        return key.descending() ? -compared : compared;
    }

    private boolean isNull(int i, int group) {
        return isKey[i]
                ? index.isNull(positions[i], group)
                : sink.states().get(positions[i]).isNull(group);
    }

    private GroupKeys keys() {
        GroupKeys keys = sink.groups();
        if (keys == null) {
            throw new IllegalStateException("the aggregation has no keys");
        }
        return keys;
    }
}
