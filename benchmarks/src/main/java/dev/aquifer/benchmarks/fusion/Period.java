package dev.aquifer.benchmarks.fusion;

import dev.aquifer.spi.block.Packing;
import java.lang.constant.ClassDesc;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/** How codes of a width come again and again: after so many steps, which take so many words. */
record Period(int width, int laneBits, int steps, int words) {
    static Period of(int width) {
        int laneBits = Packing.laneBits(width);
        if (laneBits == 64) {
            throw new IllegalArgumentException("codes of " + width + " bits are not fused");
        }
        int steps = laneBits / gcd(width, laneBits);
        return new Period(width, laneBits, steps, steps * width / laneBits);
    }

    String lanes() {
        return laneBits == 8 ? "bytes" : laneBits == 16 ? "shorts" : "ints";
    }

    ClassDesc vector() {
        return FusedGenerator.describe(
                laneBits == 8 ? ByteVector.class : laneBits == 16 ? ShortVector.class : IntVector.class);
    }

    /** Registers, of two a word, that a loop over periods goes through. */
    int halves() {
        return 2 * laneBits / steps;
    }

    int firstWord(int step) {
        return step * width / laneBits;
    }

    int lastWord(int step) {
        return (step * width + width - 1) / laneBits;
    }

    private static int gcd(int one, int other) {
        return other == 0 ? one : gcd(other, one % other);
    }
}
