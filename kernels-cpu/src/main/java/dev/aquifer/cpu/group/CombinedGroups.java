package dev.aquifer.cpu.group;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.merge.Completions;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * The groups of several sinks of one program. Hashed groups go to the first sink. Direct groups stay where they are, but for those
 * of chunks that an earlier sink has too: stripes are mostly of different keys, or of few.
 */
final class CombinedGroups {
    private static final int AT_A_TIME = 1024;

    private final ExecutionContext context;
    private final int[] from = new int[AT_A_TIME];
    private final int[] to = new int[AT_A_TIME];
    private int held;

    private CombinedGroups(ExecutionContext context) {
        this.context = context;
    }

    static List<Batch> of(List<GroupSink> sinks, ExecutionContext context) {
        List<GroupSink> parts = new CombinedGroups(context).merge(sinks);
        GroupSink first = sinks.getFirst();
        return switch (first.sink().completion()) {
            case null -> all(parts, context);
            case Completion.Top top
            when FirstGroups.canTell(first, top) -> {
                List<Batch> batches = new ArrayList<>();
                for (GroupSink part : parts) {
                    context.stop().check();
                    try (MemoryReservation memory = new MemoryReservation(context.memory())) {
                        batches.addAll(new FirstGroups(part, top, memory).batches());
                    }
                }
                yield batches;
            }
            case Completion.Distinct distinct when isCount(first, distinct) -> List.of(count(parts, distinct));
            case Completion completion -> Completions.of(first.shape(), completion, all(parts, context), context);
        };
    }

    private static List<Batch> all(List<GroupSink> parts, ExecutionContext context) {
        List<Batch> batches = new ArrayList<>();
        for (GroupSink part : parts) {
            context.stop().check();
            batches.addAll(part.finish());
        }
        return batches;
    }

    /** COUNT(DISTINCT) and nothing else: how many groups there are. */
    private static boolean isCount(GroupSink sink, Completion.Distinct distinct) {
        GroupKeys keys = sink.groups();
        return keys != null
                && keys.index() instanceof SingleKey
                && sink.states().isEmpty()
                && distinct.functions().stream().allMatch(function -> function == AggregateFunction.COUNT);
    }

    private static Batch count(List<GroupSink> parts, Completion.Distinct distinct) {
        long count = 0;
        for (GroupSink part : parts) {
            count += single(part).notNullCount();
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < distinct.functions().size(); i++) {
            ColumnBuilder builder = new ColumnBuilder(DataType.INT64, 1);
            builder.appendLong(count);
            columns.add(builder.build());
        }
        return new Batch(1, columns);
    }

    private static GroupKeys keys(GroupSink sink) {
        GroupKeys keys = sink.groups();
        if (keys == null) {
            throw new IllegalStateException("the aggregation has no keys");
        }
        return keys;
    }

    private static SingleKey single(GroupSink sink) {
        return (SingleKey) keys(sink).index();
    }

    /** Makes the sinks share no group; gives those that have some left. */
    private List<GroupSink> merge(List<GroupSink> sinks) {
        GroupSink first = sinks.getFirst();
        if (first.groups() == null) {
            sinks.subList(1, sinks.size()).forEach(other -> mergeOnly(first, other));
            return List.of(first);
        }
        boolean direct = true;
        for (GroupSink sink : sinks) {
            direct &= keys(sink).index() instanceof SingleKey single && single.direct() != null;
        }
        for (int i = 1; i < sinks.size(); i++) {
            context.stop().check();
            if (direct) {
                for (GroupSink earlier : sinks.subList(0, i)) {
                    mergeChunks(earlier, sinks.get(i));
                }
            } else {
                mergeHashed(first, sinks.get(i));
            }
        }
        return direct ? sinks : List.of(first);
    }

    private void mergeOnly(GroupSink into, GroupSink other) {
        from[0] = 0;
        to[0] = 0;
        held = 1;
        mergeHeld(into, other);
        end(into, other);
    }

    private void mergeHashed(GroupSink into, GroupSink other) {
        begin(into, other);
        KeyIndex index = keys(into).index();
        KeyIndex source = keys(other).index();
        GroupBits groups = other.groupBits();
        int size = source.size();
        for (int number = groups.next(0, size); number < size; number = groups.next(number + 1, size)) {
            from[held++] = number;
            if (held == AT_A_TIME) {
                adopt(into, other, index, source);
            }
        }
        adopt(into, other, index, source);
        end(into, other);
    }

    private void adopt(GroupSink into, GroupSink other, KeyIndex index, KeyIndex source) {
        context.stop().check();
        index.adopt(source, from, held, to);
        into.reserve(index.size());
        mergeHeld(into, other);
    }

    private void mergeChunks(GroupSink into, GroupSink other) {
        SingleKey index = single(into);
        SingleKey source = single(other);
        DirectGroups ours = index.direct();
        DirectGroups theirs = source.direct();
        if (ours == null || theirs == null) {
            throw new IllegalStateException("groups that are not direct");
        }
        begin(into, other);
        for (int chunk = 0; chunk < theirs.size(); chunk += DirectGroups.CHUNK) {
            // The null key's number is the first of a chunk of its own.
            int base = chunk == source.nullGroup() ? index.nullGroup() : ours.chunkLike(theirs, chunk);
            if (base >= 0) {
                mergeChunk(into, other, theirs, chunk, ours, base);
            }
        }
        mergeHeld(into, other);
        end(into, other);
    }

    private void mergeChunk(
            GroupSink into, GroupSink other, DirectGroups theirs, int chunk, DirectGroups ours, int base) {
        GroupBits groups = theirs.occupied();
        int end = chunk + DirectGroups.CHUNK;
        for (int number = groups.next(chunk, end); number < end; number = groups.next(number + 1, end)) {
            int target = base + number - chunk;
            groups.clear(number);
            ours.occupied().set(target);
            from[held] = number;
            to[held++] = target;
            if (held == AT_A_TIME) {
                mergeHeld(into, other);
            }
        }
    }

    /** Before new groups come: those that there are have all had a value, where nobody kept it. */
    private static void begin(GroupSink into, GroupSink other) {
        for (int i = 0; i < into.states().size(); i++) {
            if (other.states().get(i).tracksSeen()) {
                into.states().get(i).trackSeen(keys(into).index());
            }
        }
    }

    private void mergeHeld(GroupSink into, GroupSink other) {
        for (int i = 0; i < into.states().size(); i++) {
            into.states().get(i).mergeSeen(other.states().get(i), from, to, held);
        }
        held = 0;
    }

    private static void end(GroupSink into, GroupSink other) {
        for (int i = 0; i < into.states().size(); i++) {
            into.states().get(i).merged(other.states().get(i));
        }
    }
}
