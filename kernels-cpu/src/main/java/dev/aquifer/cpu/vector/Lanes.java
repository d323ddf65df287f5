package dev.aquifer.cpu.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Locale;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector shapes that kernels use: the machine's widest. They must be static final fields, or the compiler does not see
 * through them.
 */
public final class Lanes {
    static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
    static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

    /** As many 32-bit, 16-bit and 8-bit lanes as {@link #LONGS} has, or the narrowest shape there is. */
    static final VectorSpecies<Integer> INTS_PER_LONGS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(Math.max(64, LONGS.vectorBitSize() / 2)));

    static final VectorSpecies<Short> SHORTS_PER_LONGS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, LONGS.vectorBitSize() / 4)));
    static final VectorSpecies<Byte> BYTES_PER_LONGS =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, LONGS.vectorBitSize() / 8)));

    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    /**
     * All of memory, by address: for loops in which the bounds and the liveness of a segment, looked at again for each register, take
     * longer than what is done with it. Whoever reads here has held the whole range against its segment, and holds that.
     */
    @SuppressWarnings("restricted")
    static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Lanes() {}

    /** Bits of a vector register. */
    public static int bits() {
        return LONGS.vectorBitSize();
    }

    /** For people, as {@code 512-bit vectors (8 x 64)}. */
    public static String description() {
        return String.format(Locale.ROOT, "%d-bit vectors (%d x 64)", bits(), LONGS.length());
    }
}
