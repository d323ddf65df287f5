package dev.aquifer.spi.block;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Bit packing of vectors of 1,024 codes in the interleaved layout of FastLanes ("The FastLanes Compression Layout",
 * VLDB 2023), without its transposed order: codes of width {@code w} are packed into lanes of {@code L} bits, the
 * smallest of 8, 16, 32 and 64 that is not less than w. There are {@code 1024 / L} lanes; code {@code i} is the
 * {@code (i / lanes)}-th of lane {@code i % lanes}, and word {@code k} of lane {@code j} lies at word {@code k * lanes +
 * j}. So a run of words next to each other unpacks, by the same shift and mask, into a run of codes next to each other,
 * and where w is 8, 16, 32 or 64 the packed form is the plain array. A vector takes {@code 128 * w} bytes.
 */
public final class Packing {
    private Packing() {}

    /** Bits needed for unsigned codes up to {@code max}, 0 to 64. */
    public static int width(long max) {
        return 64 - Long.numberOfLeadingZeros(max);
    }

    /** Bits of a lane for codes of a width: 8, 16, 32 or 64. */
    public static int laneBits(int width) {
        return width <= 8 ? 8 : width <= 16 ? 16 : width <= 32 ? 32 : 64;
    }

    /** Bytes of a packed vector. */
    public static int vectorBytes(int width) {
        return 128 * width;
    }

    /** Bytes of the packed codes of {@code rows} rows, whole vectors. */
    public static int bytes(int width, int rows) {
        return Stripes.vectors(rows) * vectorBytes(width);
    }

    /**
     * Packs {@code codes[from .. to)}, padded with zeros to 1,024, at {@code offset} of {@code target}: all of the vector's
     * bytes are written.
     *
     * @param codes unsigned, below two to the width
     */
    public static void pack(long[] codes, int from, int to, int width, MemorySegment target, long offset) {
        new Packer(width).vector(codes, from, to, target, offset);
    }

    /** The code of row {@code index} of a vector packed at {@code offset}; one at a time, for the reference. */
    public static long get(MemorySegment source, long offset, int width, int index) {
        if (width == 0) {
            return 0;
        }
        int laneBits = laneBits(width);
        int lanes = Stripes.VECTOR_ROWS / laneBits;
        int lane = index % lanes;
        int bit = index / lanes * width;
        int word = bit / laneBits;
        int shift = bit % laneBits;
        long code = getWord(source, offset, laneBits, (long) word * lanes + lane) >>> shift;
        if (shift + width > laneBits) {
            code |= getWord(source, offset, laneBits, (long) (word + 1) * lanes + lane) << (laneBits - shift);
        }
        return width == 64 ? code : code & (1L << width) - 1;
    }

    private static long getWord(MemorySegment segment, long offset, int laneBits, long word) {
        return switch (laneBits) {
            case 8 -> segment.get(ValueLayout.JAVA_BYTE, offset + word) & 0xffL;
            case 16 -> segment.get(BlockDescriptor.SHORT, offset + 2 * word) & 0xffffL;
            case 32 -> segment.get(BlockDescriptor.INT, offset + 4 * word) & 0xffff_ffffL;
            case 64 -> segment.get(BlockDescriptor.LONG, offset + 8 * word);
            default -> throw new IllegalArgumentException("no lanes of " + laneBits + " bits");
        };
    }
}
