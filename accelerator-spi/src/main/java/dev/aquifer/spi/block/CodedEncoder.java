package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.CodedColumn;
import dev.aquifer.spi.type.Bytes;
import java.lang.foreign.SegmentAllocator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encodes byte strings that come as codes of a file's dictionary. What the file's dictionary has and no row uses is left out,
 * and the block is the same as of the decoded column; but each used value is looked at once, and not that of each row.
 */
final class CodedEncoder {
    private final CodedColumn column;
    private final BytesColumn values;
    private final SegmentAllocator allocator;
    private final int nulls;

    private CodedEncoder(CodedColumn column, SegmentAllocator allocator) {
        this.column = column;
        this.values = column.dictionary().values();
        this.allocator = allocator;
        this.nulls = column.nullCount();
    }

    static Block encode(CodedColumn column, SegmentAllocator allocator) {
        return new CodedEncoder(column, allocator).encode();
    }

    private Block encode() {
        if (nulls == column.size()) {
            return writer(null, null).allNull();
        }
        int[] ranks = column.dictionary().ranks();
        int[] places = placesByRank(ranks, used());
        int[] codeOfRank = new int[ranks.length];
        int count = 0;
        for (int rank = 0; rank < places.length; rank++) {
            if (places[rank] >= 0) {
                codeOfRank[rank] = count;
                places[count++] = places[rank];
            }
        }
        Bytes min = ColumnBounds.bytes(values, places[0]);
        BlockWriter writer = writer(min, ColumnBounds.bytes(values, places[count - 1]));
        if (count > BytesEncoder.mostDistinct(column.size())) {
            return writer.plain();
        }
        if (count == 1) {
            return writer.constant(min);
        }
        return writer.dictionary(BytesEncoder.pick(values, places, count), codes(ranks, codeOfRank));
    }

    private BlockWriter writer(@Nullable Bytes min, @Nullable Bytes max) {
        ZoneMap zone = ColumnBounds.zone(column, nulls, min, max, false);
        return new BlockWriter(column, ZoneMaps.cut(zone), allocator);
    }

    /** Which of the dictionary's values some row has. */
    private boolean[] used() {
        boolean[] used = new boolean[values.size()];
        int[] codes = column.codes();
        for (int row = 0; row < column.size(); row++) {
            if (nulls == 0 || !column.isNull(row)) {
                used[codes[row]] = true;
            }
        }
        return used;
    }

    /** By rank, a place in the file's dictionary of the value of that rank; -1 where no row has it. */
    private static int[] placesByRank(int[] ranks, boolean[] used) {
        int[] places = new int[ranks.length];
        Arrays.fill(places, -1);
        for (int place = 0; place < ranks.length; place++) {
            if (used[place]) {
                places[ranks[place]] = place;
            }
        }
        return places;
    }

    /** The rows' codes in the block's dictionary. */
    private int[] codes(int[] ranks, int[] codeOfRank) {
        int[] codeOfPlace = new int[ranks.length];
        for (int place = 0; place < ranks.length; place++) {
            codeOfPlace[place] = codeOfRank[ranks[place]];
        }
        int[] from = column.codes();
        int[] codes = new int[column.size()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = nulls != 0 && column.isNull(row) ? 0 : codeOfPlace[from[row]];
        }
        return codes;
    }
}
