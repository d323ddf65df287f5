package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Frame;
import dev.aquifer.cpu.vector.Register;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.MemoryReservation;
import org.jspecify.annotations.Nullable;

/**
 * One key of one word. A LONG is looked up in {@link DirectGroups} for as long as the bounds of stripes say that its values lie
 * close together; when they no longer do, groups keep their numbers and go on in a {@link LongTable}.
 */
final class SingleKey implements KeyIndex {
    /** The keys of a stripe may lie this many times further apart than it has rows. */
    private static final int SPREAD = 8;

    /** Keys from the least to the greatest that a directory may always have, where each has states. */
    private static final int SMALL_DOMAIN = 1 << 22;

    /** The same where a key takes a bit and nothing else. */
    private static final int SMALL_DOMAIN_OF_BITS = 1 << 26;

    /** Numbers to a group, at most: those of a filter that leaves few keys of each chunk are better hashed. */
    private static final int MOST_NUMBERS = 64;

    private static final int NONE = -1;

    private final KeyColumn key;
    private final MemoryReservation memory;
    private @Nullable DirectGroups direct;
    private @Nullable LongTable table;
    /** Numbers below it were given out by {@link #early}. */
    private int earlySize;

    private @Nullable GroupBits early;
    private int nullGroup = NONE;
    private final int smallDomain;
    /** Past so many numbers it is looked whether enough of them are somebody's, each time there are twice as many. */
    private int nextLook;

    private final long[][] words = new long[1][Stripes.VECTOR_ROWS];
    private final long[] nulls = new long[Stripes.VECTOR_ROWS];
    private final int[] notNull = new int[Stripes.VECTOR_ROWS];

    /** @param alone whether groups have no states */
    SingleKey(KeyColumn key, boolean alone, MemoryReservation memory) {
        this.key = key;
        this.memory = memory;
        this.smallDomain = alone ? SMALL_DOMAIN_OF_BITS : SMALL_DOMAIN;
        this.nextLook = smallDomain;
        if (key.isLong()) {
            direct = new DirectGroups(memory);
        } else {
            table = new LongTable(0, memory);
        }
    }

    @Override
    public int size() {
        DirectGroups groups = direct;
        return groups != null ? groups.size() : table().size();
    }

    private LongTable table() {
        LongTable hashed = table;
        if (hashed == null) {
            throw new IllegalStateException("the groups are direct");
        }
        return hashed;
    }

    @Nullable
    DirectGroups direct() {
        return direct;
    }

    int nullGroup() {
        return nullGroup;
    }

    @Override
    public void copyTo(GroupBits bits) {
        DirectGroups groups = direct;
        if (groups != null) {
            groups.copyTo(bits);
            return;
        }
        bits.fill(table().size());
        GroupBits known = early;
        if (known != null) {
            bits.copy(known, earlySize);
        }
    }

    /** How many groups there are whose key is not null. */
    int notNullCount() {
        DirectGroups groups = direct;
        GroupBits known = groups != null ? groups.occupied() : early;
        int count = known == null ? 0 : known.count();
        if (groups == null) {
            count += table().size() - earlySize;
        }
        // Another index may have taken the null key over.
        return nullGroup == NONE || !isGroup(nullGroup) ? count : count - 1;
    }

    private boolean isGroup(int number) {
        DirectGroups groups = direct;
        if (groups != null) {
            return groups.isGroup(number);
        }
        GroupBits known = early;
        return known == null || number >= earlySize || known.get(number);
    }

    @Override
    public void plan(Frame frame, int rows) {
        DirectGroups groups = direct;
        if (groups == null) {
            return;
        }
        Register bounds = key.bounds(frame);
        long spread = bounds.max() - bounds.min();
        boolean close = spread >= 0 && spread / SPREAD < rows;
        boolean small = groups.domainWith(bounds.min(), bounds.max()) <= smallDomain;
        if (!(close || small) || !groups.cover(bounds.min(), bounds.max())) {
            hash();
        }
    }

    /** Goes over to hashing. */
    void hash() {
        DirectGroups groups = direct;
        if (groups == null) {
            return;
        }
        LongTable hashed = new LongTable(groups.size(), memory);
        int size = groups.size();
        GroupBits known = groups.occupied();
        for (int number = known.next(0, size); number < size; number = known.next(number + 1, size)) {
            if (number != nullGroup) {
                hashed.put(groups.key(number), number);
            }
        }
        earlySize = size;
        early = groups.occupied();
        table = hashed;
        direct = null;
    }

    @Override
    public boolean isQuick() {
        return direct != null;
    }

    @Override
    public void find(Frame frame, RowNumbers numbers, int[] groups) {
        int[] rows = numbers.rows();
        int count = numbers.count();
        Register values = key.values(frame);
        if (values.hasNulls()) {
            count = splitNulls(values, rows, count, groups);
            rows = notNull;
        }
        lookForHoles();
        DirectGroups known = direct;
        if (known == null) {
            table().find(wordsOf(frame, numbers, values), rows, count, groups);
        } else if (numbers.inOrder() && !values.hasNulls()) {
            known.findFirst(values.longs(), count, groups);
        } else {
            known.find(values.longs(), rows, count, groups);
        }
    }

    private long[] wordsOf(Frame frame, RowNumbers numbers, Register values) {
        if (key.isLong()) {
            return values.longs();
        }
        key.words(frame, numbers, words, 0, nulls, 0);
        return words[0];
    }

    /** Goes over to hashing where most of many numbers are nobody's. */
    private void lookForHoles() {
        DirectGroups known = direct;
        if (known != null && known.size() > nextLook) {
            nextLook = 2 * known.size();
            if (known.occupied().count() < known.size() / MOST_NUMBERS) {
                hash();
            }
        }
    }

    /** Gives null rows their group; the others are left. */
    private int splitNulls(Register values, int[] rows, int count, int[] groups) {
        int left = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (values.isNull(row)) {
                groups[row] = groupOfNull();
            } else {
                notNull[left++] = row;
            }
        }
        return left;
    }

    private int groupOfNull() {
        if (nullGroup == NONE) {
            DirectGroups groups = direct;
            nullGroup = groups != null ? groups.takeNull() : table().takeNull();
        }
        return nullGroup;
    }

    @Override
    public boolean isNull(int index, int group) {
        return group == nullGroup;
    }

    @Override
    public long word(int index, int group, int word) {
        DirectGroups groups = direct;
        return groups != null ? groups.key(group) : table().key(group);
    }

    @Override
    public void adopt(KeyIndex other, int[] numbers, int count, int[] groups) {
        hash();
        SingleKey source = (SingleKey) other;
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (source.isNull(0, numbers[i])) {
                groups[i] = groupOfNull();
            } else {
                words[0][i] = key.adopt(source.key, source.word(0, numbers[i], 0));
                notNull[left++] = i;
            }
        }
        table().find(words[0], notNull, left, groups);
    }
}
