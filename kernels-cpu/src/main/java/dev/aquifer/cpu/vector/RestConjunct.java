package dev.aquifer.cpu.vector;

import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.block.Packing;

/**
 * Whether a LONG column leaves a certain rest, divided by a constant. Where its codes are packed in lanes that are wide enough, what a
 * code must be a multiple of is asked of the code; else the condition is computed.
 */
final class RestConjunct extends Conjunct {
    private final ColumnReader column;
    private final long divisor;
    private final long rest;
    private final long flip;
    private final Conjunct computed;
    private final LaneMultiples multiples = new LaneMultiples();
    private boolean byCode;

    /**
     * @param divisor not 0; its sign does not matter, as a rest has that of the column's value
     * @param equal whether the rest is to be this one, or any other
     * @param computed the same condition
     */
    RestConjunct(ColumnReader column, long divisor, long rest, boolean equal, Conjunct computed) {
        this.column = column;
        this.divisor = Math.abs(divisor);
        this.rest = rest;
        this.flip = equal ? 0 : -1;
        this.computed = computed;
    }

    @Override
    int attach() {
        byCode = column.encoding() == Encoding.PACKED && column.block().hasLongBounds() && ask();
        return byCode ? 2 * PACKED : computed.attach();
    }

    private boolean ask() {
        long min = column.block().least();
        long max = column.block().greatest();
        // Values below zero have rests below zero; the least long has no magnitude.
        boolean signs = rest == 0 || rest > 0 && min >= 0;
        if (divisor < 0 || !signs || rest >= divisor) {
            return false;
        }
        long base = column.block().baseLow();
        long addend = Math.floorMod(Math.floorMod(base, divisor) - rest, divisor);
        int laneBits = Packing.laneBits(column.block().width());
        // Codes of null rows may be greater; what comes out for them is not looked at.
        if (!LaneMultiples.fits(laneBits, max - base, addend, divisor)) {
            return false;
        }
        multiples.set(laneBits, column.block().factor(), addend, divisor);
        return true;
    }

    @Override
    void and(int vector, int rows, long[] bits) {
        if (byCode) {
            column.andMultiples(vector, multiples, flip, bits);
            column.andValid(vector, bits);
        } else {
            computed.and(vector, rows, bits);
        }
    }
}
