package dev.aquifer.cpu.group;

import dev.aquifer.spi.device.MemoryReservation;
import java.util.Arrays;

/**
 * Longs by group, in pages, so that growth past the first page neither copies what is there nor asks for twice the memory. A full
 * page is of 4 MiB or more, which the collector, with regions of up to 8 MiB, keeps where it is: smaller ones it would copy from
 * young to old regions, all of them for each query.
 */
final class LongPages {
    /** The number of a group without these low bits is that of its page. */
    static final int SHIFT = 19;

    static final int GROUPS = 1 << SHIFT;
    static final int MASK = GROUPS - 1;

    private static final int FIRST_GROUPS = 1024;

    private final int width;
    private final long initial;
    private final MemoryReservation memory;
    private long[][] pages = new long[0][];

    /** @param width longs of a group */
    LongPages(int width, MemoryReservation memory) {
        this(width, 0, memory);
    }

    LongPages(int width, long initial, MemoryReservation memory) {
        this.width = width;
        this.initial = initial;
        this.memory = memory;
    }

    /** Makes room for groups below {@code groups}. */
    void reserve(int groups) {
        int wanted = (groups + MASK) >>> SHIFT;
        if (pages.length > 1 || wanted > 1) {
            full(wanted);
        } else if (wanted == 1 && (pages.length == 0 || pages[0].length < groups * width)) {
            resizeFirst(Math.min(GROUPS, Math.max(FIRST_GROUPS, 2 * Integer.highestOneBit(groups))));
        }
    }

    private void full(int wanted) {
        if (wanted <= pages.length) {
            return;
        }
        resizeFirst(GROUPS);
        int from = pages.length;
        memory.add(8L * width * GROUPS * (wanted - from));
        pages = Arrays.copyOf(pages, wanted);
        for (int page = from; page < wanted; page++) {
            pages[page] = filled(new long[width * GROUPS], 0);
        }
    }

    private void resizeFirst(int groups) {
        int held = pages.length == 0 ? 0 : pages[0].length;
        int length = groups * width;
        if (length > held) {
            memory.add(8L * (length - held));
            pages = pages.length == 0 ? new long[1][] : pages;
            pages[0] = filled(held == 0 ? new long[length] : Arrays.copyOf(pages[0], length), held);
        }
    }

    private long[] filled(long[] page, int from) {
        if (initial != 0) {
            Arrays.fill(page, from, page.length, initial);
        }
        return page;
    }

    long[][] pages() {
        return pages;
    }

    long[] page(int group) {
        return pages[group >>> SHIFT];
    }

    /** Where a group's longs begin in its page. */
    int at(int group) {
        return (group & MASK) * width;
    }

    long get(int group) {
        return pages[group >>> SHIFT][group & MASK];
    }

    void set(int group, long value) {
        pages[group >>> SHIFT][group & MASK] = value;
    }
}
