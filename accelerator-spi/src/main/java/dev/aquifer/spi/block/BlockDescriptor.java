package dev.aquifer.spi.block;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The layout of a block, little-endian throughout.
 *
 * <pre>
 *   0  int32   magic "AQB1"             40  int32   offset of the validity bitmap, 0 if no row is null
 *   4  int8    format version           44  int32   offset of the data (codes, plain values, or run values)
 *   5  int8    TypeKind                 48  int32   offset of the auxiliary area (dictionary values, run ends), or 0
 *   6  int8    DECIMAL precision        52  int32   offset of the zone map's byte strings (BYTES only), or 0
 *   7  int8    DECIMAL scale            56  int32   length of the block in bytes
 *   8  int8    Encoding                 60  int32   CRC-32C of all bytes but these four
 *   9  int8    bit width of codes       64  int128  zone map minimum (LONG, INT128, DOUBLE bits, BOOL)
 *  10  int16   flags                    80  int128  zone map maximum
 *  12  int32   rows, 1 to 65,536        96  int32   length of the zone minimum, int32 length of the maximum (BYTES)
 *  16  int32   null rows               104  int64   what codes of PACKED are multiplied by, 1 or more
 *  20  int32   dictionary or run count 112  ...     zero up to 128
 *  24  int128  frame of reference base,    128  areas, each at a multiple of 64, padded with zeros
 *              or the constant
 * </pre>
 *
 * <p>Fixed-width areas (validity, codes, plain values other than BYTES) are padded to whole vectors of 1,024 rows, so
 * that a loop over a vector needs no tail. A <b>value area</b> of {@code n} values is, for LONG, n int64; for INT128, n
 * times low and high int64; for DOUBLE, n float64 bits; for BOOL, n int8; for BYTES, n + 1 int32 offsets relative to the
 * end of the offsets, then the bytes. FLOAT32 is held as float64 in value areas and as float32 under {@link
 * Encoding#PLAIN}.
 */
public final class BlockDescriptor {
    public static final int MAGIC = 0x31425141;
    public static final int VERSION = 2;

    public static final long MAGIC_OFFSET = 0;
    public static final long VERSION_OFFSET = 4;
    public static final long KIND_OFFSET = 5;
    public static final long PRECISION_OFFSET = 6;
    public static final long SCALE_OFFSET = 7;
    public static final long ENCODING_OFFSET = 8;
    public static final long WIDTH_OFFSET = 9;
    public static final long FLAGS_OFFSET = 10;
    public static final long ROWS_OFFSET = 12;
    public static final long NULLS_OFFSET = 16;
    public static final long COUNT_OFFSET = 20;
    public static final long BASE_LOW_OFFSET = 24;
    public static final long BASE_HIGH_OFFSET = 32;
    public static final long VALIDITY_AREA_OFFSET = 40;
    public static final long DATA_AREA_OFFSET = 44;
    public static final long AUX_AREA_OFFSET = 48;
    public static final long ZONE_AREA_OFFSET = 52;
    public static final long LENGTH_OFFSET = 56;
    public static final long CHECKSUM_OFFSET = 60;
    public static final long ZONE_MIN_OFFSET = 64;
    public static final long ZONE_MAX_OFFSET = 80;
    public static final long ZONE_MIN_LENGTH_OFFSET = 96;
    public static final long ZONE_MAX_LENGTH_OFFSET = 100;
    public static final long FACTOR_OFFSET = 104;
    public static final int HEADER_BYTES = 128;
    public static final int AREA_ALIGNMENT = 64;

    /** Flag: the zone map has a minimum and a maximum (some row is not null, and is not NaN only). */
    public static final int FLAG_ZONE = 1;
    /** Flag: the zone minimum is a lower bound, not a value of the block (long byte strings are cut). */
    public static final int FLAG_MIN_INEXACT = 2;
    /** Flag: the zone maximum is an upper bound, not a value of the block. */
    public static final int FLAG_MAX_INEXACT = 4;
    /** Flag: some value of a DOUBLE block is NaN, which the zone map leaves out. */
    public static final int FLAG_HAS_NAN = 8;

    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private BlockDescriptor() {}

    static long align(long offset) {
        return (offset + AREA_ALIGNMENT - 1) & -AREA_ALIGNMENT;
    }

    static int getInt(MemorySegment block, long offset) {
        return block.get(INT, offset);
    }

    static long getLong(MemorySegment block, long offset) {
        return block.get(LONG, offset);
    }

    static int getByte(MemorySegment block, long offset) {
        return block.get(ValueLayout.JAVA_BYTE, offset);
    }
}
