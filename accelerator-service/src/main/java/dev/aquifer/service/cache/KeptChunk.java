package dev.aquifer.service.cache;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The blocks of one chunk that memory keeps, by stripe: one look-up finds all of them. Guarded by its {@link MemoryTier}. */
final class KeptChunk {
    private TwoLevelClock.@Nullable Entry[] stripes = new TwoLevelClock.@Nullable Entry[0];
    private int kept;

    TwoLevelClock.@Nullable Entry get(int stripe) {
        return stripe < stripes.length ? stripes[stripe] : null;
    }

    /** Puts an entry where there is none. */
    void put(TwoLevelClock.Entry entry) {
        int stripe = entry.key.stripe();
        if (stripe >= stripes.length) {
            stripes = Arrays.copyOf(stripes, stripe + 1);
        }
        stripes[stripe] = entry;
        kept++;
    }

    /** @return whether it was the last one */
    boolean remove(TwoLevelClock.Entry entry) {
        stripes[entry.key.stripe()] = null;
        return --kept == 0;
    }

    void forEach(Consumer<TwoLevelClock.Entry> action) {
        for (TwoLevelClock.Entry entry : stripes) {
            if (entry != null) {
                action.accept(entry);
            }
        }
    }
}
