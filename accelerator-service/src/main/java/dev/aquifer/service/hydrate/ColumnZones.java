package dev.aquifer.service.hydrate;

import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.source.Slice;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one column of one object: zone maps of its row groups' stripes, and of several together. Guarded by its index. */
final class ColumnZones {
    private static final @Nullable ZoneMap[] NONE = new @Nullable ZoneMap[0];

    private @Nullable ZoneMap[][] stripes = new @Nullable ZoneMap[0][];
    /** By row group; 0 where nothing is known of it. */
    private long[] rows = new long[0];
    /** By row group, of all of its rows; null where it is not known, or was not asked for. */
    private @Nullable ZoneMap[] groups = NONE;
    /** Of the first {@link #mergedGroups} row groups: most plans read whole files. */
    private @Nullable ZoneMap merged;

    private int mergedGroups;

    /** @return whether nothing was known of the stripe */
    boolean put(int group, int stripe, ZoneMap zone, long groupRows) {
        if (group >= rows.length) {
            int length = Math.max(group + 1, rows.length * 3 / 2);
            int known = rows.length;
            rows = Arrays.copyOf(rows, length);
            groups = Arrays.copyOf(groups, length);
            stripes = Arrays.copyOf(stripes, length);
            Arrays.fill(stripes, known, length, NONE);
        }
        if (stripe >= stripes[group].length) {
            stripes[group] = Arrays.copyOf(stripes[group], stripe + 1);
        }
        boolean isNew = stripes[group][stripe] == null;
        stripes[group][stripe] = zone;
        rows[group] = groupRows;
        groups[group] = null;
        merged = null;
        return isNew;
    }

    /** What is known of a row group's stripes, by stripe; null, or past the end, where that is nothing. */
    @Nullable
    ZoneMap[] stripes(int group) {
        return group < stripes.length ? stripes[group].clone() : NONE;
    }

    /** The zone map of all rows of some row groups; null where it is not known, or one has not as many rows as is said. */
    @Nullable
    ZoneMap all(List<Slice> slices) {
        boolean areFirst = true;
        for (int i = 0; i < slices.size(); i++) {
            Slice slice = slices.get(i);
            int group = slice.rowGroup();
            if (group >= rows.length || rows[group] != slice.rows()) {
                return null;
            }
            areFirst &= group == i;
        }
        if (areFirst && merged != null && mergedGroups == slices.size()) {
            return merged;
        }
        ZoneMap all = null;
        for (Slice slice : slices) {
            ZoneMap group = group(slice.rowGroup());
            if (group == null) {
                return null;
            }
            all = all == null ? group : all.plus(group);
        }
        if (areFirst) {
            merged = all;
            mergedGroups = slices.size();
        }
        return all;
    }

    private @Nullable ZoneMap group(int group) {
        ZoneMap all = groups[group];
        if (all == null) {
            for (ZoneMap zone : stripes[group]) {
                if (zone == null) {
                    return null;
                }
                all = all == null ? zone : all.plus(zone);
            }
            // Stripes at the end may not have been met.
            all = all != null && all.rows() == rows[group] ? all : null;
            groups[group] = all;
        }
        return all;
    }
}
