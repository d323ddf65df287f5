package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Bits;
import dev.aquifer.cpu.vector.Frame;
import dev.aquifer.cpu.vector.MaskedLongs;
import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.primitive.Sink;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The first rows in an order: kept by slot in columns, their slots in a heap whose head is the last of them. Once it is
 * full, a vector's rows are held against the head by their first key, and each that is left is looked at no further than it
 * takes to see that it comes after the head.
 */
final class TopNSink implements VectorSink {
    private static final int FIRST_SLOTS = 64;

    private final int[] registers;
    private final List<SortKey> keys;
    private final int limit;
    private final MemoryReservation memory;
    private final RowStore[] stores;
    private final RowStore positions;
    private final int slotBytes;
    private final Register[] sources;
    private final FirstKey firstKey = new FirstKey();
    private final long[] kept = new long[Bits.WORDS];
    private final RowNumbers numbers = new RowNumbers();
    private int[] heap = new int[0];
    private int size;

    TopNSink(Program program, Sink.TopN sink, MemoryBudget budget) {
        List<DataType> types = program.outputTypes();
        this.registers = sink.outputs().stream().mapToInt(Integer::intValue).toArray();
        this.keys = sink.keys();
        this.limit = (int) Math.min(sink.limit(), Integer.MAX_VALUE - 16);
        this.memory = new MemoryReservation(budget);
        this.stores = types.stream().map(type -> new RowStore(type, memory)).toArray(RowStore[]::new);
        this.positions = stores[stores.length - 1];
        this.slotBytes = 4 + types.stream().mapToInt(ValueSlots::slotBytes).sum();
        this.sources = new Register[registers.length];
    }

    @Override
    public int[] registers() {
        return registers;
    }

    @Override
    public boolean mayWait() {
        return true;
    }

    @Override
    public boolean beginStripe(Stripe stripe, boolean all) {
        // Rows of all stripes are one set.
        return true;
    }

    @Override
    public boolean wantsMore() {
        // Rows past the limit still have to be evaluated: any may come first, and any may fail.
        return true;
    }

    @Override
    public void accept(Frame frame, long[] selection, boolean holes, long position) {
        // Columns cannot fail: they are read once it is known that a row of theirs may be kept.
        read(frame, false);
        if (limit == 0) {
            return;
        }
        long[] bits = holes ? selection : frame.all();
        boolean some = holes;
        if (size == limit && !keys.isEmpty() && MaskedLongs.pays(Bits.count(bits)) && keep(frame, bits, position)) {
            bits = kept;
            some = true;
        }
        if (Bits.isEmpty(bits)) {
            return;
        }
        read(frame, true);
        if (some) {
            numbers.of(bits);
        } else {
            numbers.all(frame.rows());
        }
        int[] rows = numbers.rows();
        int[] selected = frame.selected();
        for (int i = 0; i < numbers.count(); i++) {
            int row = rows[i];
            long place = position + (selected == null ? row : selected[row]);
            if (size < limit) {
                add(row, place);
            } else if (before(row, place, heap[0])) {
                put(heap[0], row, place);
                sink(0);
            }
        }
    }

    private void read(Frame frame, boolean columns) {
        for (int i = 0; i < registers.length; i++) {
            if (frame.loaded(registers[i]) != null == columns) {
                sources[i] = frame.get(registers[i]);
            }
        }
    }

    /** Keeps the rows that the first key does not show to come after the head, if it can tell. */
    private boolean keep(Frame frame, long[] bits, long position) {
        SortKey key = keys.getFirst();
        RowStore store = stores[key.column()];
        Register source = frame.get(registers[key.column()]);
        if (!FirstKey.canTell(source, store, heap[0])) {
            return false;
        }
        // Where there is no other key, rows that come later lose to the head if they tie with it.
        boolean ties = keys.size() > 1 || position <= positions.longAt(heap[0]);
        firstKey.keep(key, source, frame.rows(), store, heap[0], ties, bits, kept);
        return true;
    }

    private void add(int row, long place) {
        if (size == heap.length) {
            int capacity = (int) Math.min(limit, Math.max(FIRST_SLOTS, 2L * heap.length));
            memory.add((long) (capacity - heap.length) * slotBytes);
            heap = Arrays.copyOf(heap, capacity);
            for (RowStore store : stores) {
                store.grow(capacity);
            }
        }
        put(size, row, place);
        heap[size] = size;
        rise(size++);
    }

    private void put(int slot, int row, long place) {
        for (int i = 0; i < sources.length; i++) {
            stores[i].put(slot, sources[i], row);
        }
        positions.putLong(slot, place);
    }

    /** Whether a row comes before that of a slot. */
    private boolean before(int row, long place, int slot) {
        for (SortKey key : keys) {
            Register source = sources[key.column()];
            RowStore store = stores[key.column()];
            boolean isNull = source.isNull(row);
            boolean otherNull = store.isNull(slot);
            if (isNull || otherNull) {
                if (isNull != otherNull) {
                    return isNull == key.nullsFirst();
                }
                continue;
            }
            int order = store.compare(source, row, slot);
            if (order != 0) {
                return order < 0 != key.descending();
            }
        }
        return place < positions.longAt(slot);
    }

    private boolean before(int left, int right) {
        for (SortKey key : keys) {
            RowStore store = stores[key.column()];
            boolean isNull = store.isNull(left);
            boolean otherNull = store.isNull(right);
            if (isNull || otherNull) {
                if (isNull != otherNull) {
                    return isNull == key.nullsFirst();
                }
                continue;
            }
            int order = store.compare(left, right);
            if (order != 0) {
                return order < 0 != key.descending();
            }
        }
        return positions.longAt(left) < positions.longAt(right);
    }

    private void rise(int from) {
        int at = from;
        while (at > 0 && before(heap[(at - 1) / 2], heap[at])) {
            swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    private void sink(int from) {
        int at = from;
        while (true) {
            int last = at;
            for (int child = 2 * at + 1; child <= 2 * at + 2 && child < size; child++) {
                last = before(heap[last], heap[child]) ? child : last;
            }
            if (last == at) {
                return;
            }
            swap(at, last);
            at = last;
        }
    }

    private void swap(int left, int right) {
        int slot = heap[left];
        heap[left] = heap[right];
        heap[right] = slot;
    }

    @Override
    public List<Batch> endStripe() {
        return List.of();
    }

    @Override
    public List<Batch> finish() {
        int rows = size;
        // Taking the last again and again leaves the heap's array in order.
        while (size > 1) {
            size--;
            swap(0, size);
            sink(0);
        }
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < rows; from += Stripes.MAX_ROWS) {
            int to = Math.min(rows, from + Stripes.MAX_ROWS);
            List<Column> columns = new ArrayList<>();
            for (RowStore store : stores) {
                columns.add(store.column(heap, from, to));
            }
            batches.add(new Batch(to - from, columns));
        }
        return batches;
    }

    @Override
    public void close() {
        memory.close();
    }
}
