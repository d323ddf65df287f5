package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Bits;
import dev.aquifer.cpu.vector.Frame;
import dev.aquifer.cpu.vector.MaskedLongs;
import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.merge.AggregateShape;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.primitive.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Groups with their states. The group of each row is found first, and then each aggregate goes over the rows. */
final class GroupSink implements VectorSink {
    private final Sink.Aggregate sink;
    private final AggregateShape shape;
    private final MemoryReservation memory;
    private final List<GroupState> states = new ArrayList<>();
    /** Null where there are no keys, and one group. */
    private final @Nullable GroupKeys groups;

    private final StripeFacts facts;
    private final RowNumbers all = new RowNumbers();
    private final RowNumbers some = new RowNumbers();
    private final GroupRuns runs = new GroupRuns();
    private final PairedSums sums = new PairedSums();
    private final long[] bits = new long[Bits.WORDS];
    private boolean narrowed;

    GroupSink(Program program, Sink.Aggregate sink, MemoryBudget budget) {
        this.sink = sink;
        this.shape = AggregateShape.of(program, sink);
        this.memory = new MemoryReservation(budget);
        this.facts = new StripeFacts(program, sink);
        List<KeyColumn> keys = new ArrayList<>();
        for (int register : sink.keys()) {
            keys.add(new KeyColumn(register, program.typeOf(register), memory));
        }
        shape.states().forEach(state -> states.add(GroupState.of(state, memory)));
        this.groups = keys.isEmpty() ? null : new GroupKeys(keys, states.isEmpty(), memory);
        boolean made = false;
        try {
            if (keys.isEmpty()) {
                reserve(1);
                states.forEach(state -> state.trackSeen(new Nobody()));
            }
            made = true;
        } finally {
            if (!made) {
                memory.close();
            }
        }
    }

    /** No groups: the one group of an aggregation without keys has had no values yet. */
    private record Nobody() implements GroupNumbers {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public void copyTo(GroupBits target) {
            // None is set.
        }
    }

    Sink.Aggregate sink() {
        return sink;
    }

    AggregateShape shape() {
        return shape;
    }

    List<GroupState> states() {
        return states;
    }

    /** A bit for each number that is a group. */
    GroupBits groupBits() {
        GroupKeys keys = groups;
        if (keys == null) {
            throw new IllegalStateException("the aggregation has no keys");
        }
        DirectGroups direct = keys.index() instanceof SingleKey single ? single.direct() : null;
        if (direct != null) {
            return direct.occupied();
        }
        GroupBits numbers = new GroupBits(memory);
        numbers.reserve(keys.index().size());
        keys.index().copyTo(numbers);
        return numbers;
    }

    @Nullable
    GroupKeys groups() {
        return groups;
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
    public boolean mayWait() {
        return true;
    }

    @Override
    public boolean beginStripe(Stripe stripe, boolean whole) {
        if (groups != null) {
            groups.beginStripe(stripe.rows());
            return true;
        }
        return facts.take(stripe, whole, states);
    }

    @Override
    public boolean wantsMore() {
        return true;
    }

    void reserve(int size) {
        for (GroupState state : states) {
            state.reserve(size);
        }
    }

    @Override
    public void accept(Frame frame, long[] selection, boolean holes, long position) {
        GroupKeys keys = groups;
        if (keys == null) {
            noKeys(frame, selection, holes);
            return;
        }
        // Before new groups come: those that there are have all had a value.
        for (int i = 0; i < states.size(); i++) {
            GroupState state = states.get(i);
            if (!state.tracksSeen()
                    && state.mayBeNull()
                    && isNarrowed(frame, sink.calls().get(i))) {
                state.trackSeen(keys.index());
            }
        }
        keys.plan(frame);
        if (keys.isFew()) {
            few(keys, frame, selection);
        } else {
            many(keys, frame, selection, holes);
        }
    }

    private static boolean isNarrowed(Frame frame, Sink.Call call) {
        return call.filter() >= 0 || call.arg() >= 0 && frame.get(call.arg()).hasNulls();
    }

    /** The selected rows that count for a call. */
    private long[] counting(Frame frame, Sink.Call call, long[] selection) {
        Register filter = call.filter() < 0 ? null : frame.get(call.filter());
        Register arg = call.arg() < 0 ? null : frame.get(call.arg());
        narrowed = filter != null || arg != null && arg.hasNulls();
        if (!narrowed) {
            return selection;
        }
        for (int word = 0; word < Bits.WORDS; word++) {
            bits[word] = selection[word]
                    & (filter == null ? -1L : filter.truth(word))
                    & (arg == null || !arg.hasNulls() ? -1L : arg.valid()[word]);
        }
        return bits;
    }

    private void noKeys(Frame frame, long[] selection, boolean holes) {
        if (holes) {
            // Of a stripe of which anything is known all rows pass.
            addAll(frame, 0, selection);
            return;
        }
        for (int i = 0; i < states.size(); i++) {
            if (facts.knows(i)) {
                continue;
            }
            Sink.Call call = sink.calls().get(i);
            GroupState state = states.get(i);
            long[] counted = counting(frame, call, selection);
            if (!narrowed && call.arg() >= 0) {
                all.all(frame.rows());
                state.see(0);
                state.addRun(frame.get(call.arg()), 0, all.rows(), 0, all.count(), true);
            } else {
                addMasked(frame, call, state, 0, counted);
            }
        }
    }

    private static void addMasked(Frame frame, Sink.Call call, GroupState state, int group, long[] mask) {
        if (call.arg() < 0) {
            ((CountState) state).count(group, Bits.count(mask));
        } else if (!Bits.isEmpty(mask)) {
            state.see(group);
            state.addMasked(frame.get(call.arg()), group, mask);
        }
    }

    private void few(GroupKeys keys, Frame frame, long[] selection) {
        int found = keys.split(frame, selection);
        reserve(keys.index().size());
        for (int group = 0; group < found; group++) {
            addAll(frame, keys.maskGroup(group), keys.mask(group));
        }
    }

    /** Adds rows of one group to all states. */
    private void addAll(Frame frame, int group, long[] rows) {
        int count = Bits.count(rows);
        boolean isMany = MaskedLongs.pays(count);
        if (!isMany) {
            some.of(rows);
        }
        for (int i = 0; i < states.size(); i++) {
            Sink.Call call = sink.calls().get(i);
            GroupState state = states.get(i);
            if (isNarrowed(frame, call)) {
                addMasked(frame, call, state, group, counting(frame, call, rows));
            } else if (call.arg() < 0) {
                ((CountState) state).count(group, count);
            } else if (count > 0) {
                state.see(group);
                Register arg = frame.get(call.arg());
                if (!isMany) {
                    state.addRun(arg, group, some.rows(), 0, count, false);
                } else if (state instanceof SumState sum && sum.isSmall(arg, count)) {
                    sums.add(sum, arg, group, rows);
                } else {
                    state.addMasked(arg, group, rows);
                }
            }
        }
        sums.end(group, rows);
    }

    private void many(GroupKeys keys, Frame frame, long[] selection, boolean holes) {
        if (holes) {
            all.of(selection);
        } else {
            all.all(frame.rows());
        }
        int[] groupOf = keys.find(frame, all);
        int size = keys.index().size();
        reserve(size);
        runs.find(groupOf, all, size);
        for (int i = 0; i < states.size(); i++) {
            Sink.Call call = sink.calls().get(i);
            GroupState state = states.get(i);
            long[] counted = counting(frame, call, selection);
            if (!narrowed && runs.found()) {
                addRuns(frame, call, state, size);
                continue;
            }
            if (narrowed) {
                some.of(counted);
            }
            RowNumbers rows = narrowed ? some : all;
            if (call.arg() < 0) {
                ((CountState) state).count(groupOf, rows);
            } else {
                state.see(groupOf, rows);
                state.add(frame.get(call.arg()), groupOf, rows);
            }
        }
    }

    private void addRuns(Frame frame, Sink.Call call, GroupState state, int size) {
        for (int group = 0; group < size; group++) {
            int from = runs.from(group);
            int to = runs.from(group + 1);
            if (call.arg() < 0) {
                ((CountState) state).count(group, to - from);
            } else if (from < to) {
                state.see(group);
                state.addRun(frame.get(call.arg()), group, runs.rows(), from, to, false);
            }
        }
    }

    @Override
    public List<Batch> endStripe() {
        return List.of();
    }

    @Override
    public List<Batch> finish() {
        GroupKeys keys = groups;
        if (keys == null) {
            return List.of(batch(new int[] {0}, 1));
        }
        int size = keys.index().size();
        GroupBits bits = groupBits();
        List<Batch> batches = new ArrayList<>();
        int[] numbers = new int[Math.min(size, Stripes.MAX_ROWS)];
        int count = 0;
        for (int number = bits.next(0, size); number < size; number = bits.next(number + 1, size)) {
            numbers[count++] = number;
            if (count == numbers.length) {
                batches.add(batch(numbers, count));
                count = 0;
            }
        }
        if (count > 0) {
            batches.add(batch(numbers, count));
        }
        return batches;
    }

    /** Keys and states of some groups. */
    Batch batch(int[] numbers, int count) {
        states.forEach(GroupState::settle);
        List<Column> columns = new ArrayList<>();
        GroupKeys keys = groups;
        for (int key = 0; keys != null && key < shape.keys().size(); key++) {
            ColumnBuilder builder = new ColumnBuilder(shape.keys().get(key), count);
            for (int i = 0; i < count; i++) {
                keys.append(key, numbers[i], builder);
            }
            columns.add(builder.build());
        }
        for (int i = 0; i < states.size(); i++) {
            GroupState state = states.get(i);
            ColumnBuilder builder = new ColumnBuilder(shape.states().get(i).stateType(), count);
            for (int j = 0; j < count; j++) {
                state.append(builder, numbers[j]);
            }
            columns.add(builder.build());
        }
        return new Batch(count, columns);
    }

    @Override
    public void close() {
        memory.close();
    }
}
