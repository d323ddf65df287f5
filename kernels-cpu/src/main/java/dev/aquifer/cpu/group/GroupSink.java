package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Bits;
import dev.aquifer.cpu.vector.Frame;
import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.merge.AggregateShape;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.primitive.Sink;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Groups with their states. The group of each row is found first, and then each aggregate goes over the rows. */
final class GroupSink implements VectorSink {
    private final Sink.Aggregate sink;
    private final List<DataType> types;
    private final MemoryReservation memory;
    private final List<KeyColumn> keys = new ArrayList<>();
    private final List<GroupState> states = new ArrayList<>();
    private final GroupKeys groups;
    private final RowNumbers all = new RowNumbers();
    private final RowNumbers some = new RowNumbers();
    private final GroupRuns runs = new GroupRuns();
    private final long[] bits = new long[Bits.WORDS];
    private int capacity;

    GroupSink(Program program, Sink.Aggregate sink, MemoryBudget budget) {
        AggregateShape shape = AggregateShape.of(program, sink);
        this.sink = sink;
        this.types = shape.types();
        this.memory = new MemoryReservation(budget);
        for (int register : sink.keys()) {
            keys.add(new KeyColumn(register, program.typeOf(register), memory));
        }
        shape.states().forEach(state -> states.add(GroupState.of(state, memory)));
        this.groups = new GroupKeys(keys, memory);
        if (keys.isEmpty()) {
            grow(1);
        }
    }

    @Override
    public int[] registers() {
        return IntStream.concat(
                        sink.keys().stream().mapToInt(Integer::intValue),
                        sink.calls().stream().flatMapToInt(call -> IntStream.of(call.arg(), call.filter())))
                .filter(register -> register >= 0)
                .distinct()
                .toArray();
    }

    @Override
    public void beginStripe() {
        groups.beginStripe();
    }

    @Override
    public boolean wantsMore() {
        return true;
    }

    @Override
    public void accept(Frame frame, long[] selection, boolean holes, long position) {
        if (holes) {
            all.of(selection);
        } else {
            all.all(frame.rows());
        }
        int[] groupOf = groups.find(frame, all);
        if (groups.capacity() > capacity) {
            grow(groups.capacity());
        }
        runs.find(groupOf, all, groups.size());
        for (int i = 0; i < states.size(); i++) {
            add(frame, sink.calls().get(i), states.get(i), selection, groupOf);
        }
    }

    private void grow(int groupCapacity) {
        int bytes = states.stream().mapToInt(GroupState::groupBytes).sum();
        memory.add((long) bytes * (groupCapacity - capacity));
        states.forEach(state -> state.grow(groupCapacity));
        capacity = groupCapacity;
    }

    private void add(Frame frame, Sink.Call call, GroupState state, long[] selection, int[] groupOf) {
        RowNumbers rows = all;
        boolean narrowed = false;
        Register filter = call.filter() < 0 ? null : frame.get(call.filter());
        Register arg = call.arg() < 0 ? null : frame.get(call.arg());
        if (filter != null || arg != null && arg.hasNulls()) {
            for (int word = 0; word < Bits.WORDS; word++) {
                bits[word] = selection[word]
                        & (filter == null ? -1L : filter.truth(word))
                        & (arg == null || !arg.hasNulls() ? -1L : arg.valid()[word]);
            }
            some.of(bits);
            rows = some;
            narrowed = true;
        }
        if (keys.isEmpty()) {
            addRun(state, arg, 0, rows.rows(), 0, rows.count(), rows.inOrder());
        } else if (!narrowed && runs.found()) {
            for (int group = 0; group < groups.size(); group++) {
                addRun(state, arg, group, runs.rows(), runs.from(group), runs.from(group + 1), false);
            }
        } else if (arg == null) {
            ((CountState) state).count(groupOf, rows);
        } else {
            state.add(arg, groupOf, rows);
        }
    }

    private static void addRun(
            GroupState state, @Nullable Register arg, int group, int[] rows, int from, int to, boolean inOrder) {
        if (arg == null) {
            ((CountState) state).count(group, to - from);
        } else {
            state.addRun(arg, group, rows, from, to, inOrder);
        }
    }

    @Override
    public List<Batch> endStripe() {
        return List.of();
    }

    @Override
    public List<Batch> finish() {
        int size = keys.isEmpty() ? 1 : groups.size();
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < size; from += Stripes.MAX_ROWS) {
            batches.add(batch(from, Math.min(size, from + Stripes.MAX_ROWS)));
        }
        return batches;
    }

    private Batch batch(int from, int to) {
        List<Column> columns = new ArrayList<>();
        for (int key = 0; key < keys.size(); key++) {
            ColumnBuilder builder = new ColumnBuilder(types.get(key), to - from);
            for (int group = from; group < to; group++) {
                groups.append(key, group, builder);
            }
            columns.add(builder.build());
        }
        for (int i = 0; i < states.size(); i++) {
            ColumnBuilder builder = new ColumnBuilder(types.get(keys.size() + i), to - from);
            for (int group = from; group < to; group++) {
                states.get(i).append(builder, group);
            }
            columns.add(builder.build());
        }
        return new Batch(to - from, columns);
    }

    @Override
    public void close() {
        memory.close();
    }
}
