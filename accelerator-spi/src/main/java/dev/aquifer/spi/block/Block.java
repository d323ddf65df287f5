package dev.aquifer.spi.block;

import static dev.aquifer.spi.block.BlockDescriptor.getByte;
import static dev.aquifer.spi.block.BlockDescriptor.getInt;
import static dev.aquifer.spi.block.BlockDescriptor.getLong;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import dev.aquifer.spi.type.TypeKind;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A view of an encoded block in memory. Cheap to make; holds no resources of its own: whoever owns the segment keeps it
 * alive while the view is used. All accessors give the header's fields as {@link BlockDescriptor} spells them.
 */
public final class Block {
    /** Each type once, and not once a block: a scan compares them for each stripe. */
    private static final Map<DataType, DataType> TYPES = new ConcurrentHashMap<>();

    // The header's fields, read once: a scan asks for them for each stripe, and the block's own lines have left the
    // caches.
    private final MemorySegment segment;
    private final DataType type;
    private final Encoding encoding;
    private final int rows;
    private final int nullCount;
    private final int width;
    private final int count;
    private final long baseLow;
    private final long factor;
    private final int validityOffset;
    private final int dataOffset;
    private final boolean hasLongBounds;
    private final long least;
    private final long greatest;
    /** Of texts, once it was asked for. It is immutable, so threads that meet here read it twice, and no worse. */
    private @Nullable ZoneMap zoneMap;

    private Block(MemorySegment segment, DataType type, Encoding encoding, int rows) {
        this.segment = segment;
        this.type = type;
        this.encoding = encoding;
        this.rows = rows;
        this.nullCount = getInt(segment, BlockDescriptor.NULLS_OFFSET);
        this.width = getByte(segment, BlockDescriptor.WIDTH_OFFSET);
        this.count = getInt(segment, BlockDescriptor.COUNT_OFFSET);
        this.baseLow = getLong(segment, BlockDescriptor.BASE_LOW_OFFSET);
        this.factor = getLong(segment, BlockDescriptor.FACTOR_OFFSET);
        this.validityOffset = getInt(segment, BlockDescriptor.VALIDITY_AREA_OFFSET);
        this.dataOffset = getInt(segment, BlockDescriptor.DATA_AREA_OFFSET);
        this.zoneMap = type.physical() == Physical.BYTES ? null : ZoneMaps.read(segment, type, rows, nullCount);
        Object min = zoneMap == null ? null : zoneMap.min();
        Object max = zoneMap == null ? null : zoneMap.max();
        this.hasLongBounds = isLong(min) && isLong(max);
        this.least = hasLongBounds && min instanceof Number number ? number.longValue() : 0;
        this.greatest = hasLongBounds && max instanceof Number number ? number.longValue() : 0;
    }

    private static boolean isLong(@Nullable Object bound) {
        return bound instanceof Long || bound instanceof BigInteger wide && wide.bitLength() < Long.SIZE;
    }

    /**
     * A view of a block whose bytes are known to be good (just encoded, or verified when they were read).
     *
     * @throws AquiferException CORRUPT_FILE if the header cannot be one of a block of this length
     */
    public static Block wrap(MemorySegment segment) {
        long size = segment.byteSize();
        if (size < BlockDescriptor.HEADER_BYTES
                || getInt(segment, BlockDescriptor.MAGIC_OFFSET) != BlockDescriptor.MAGIC
                || getByte(segment, BlockDescriptor.VERSION_OFFSET) != BlockDescriptor.VERSION) {
            throw corrupt("no block header in " + size + " bytes");
        }
        TypeKind kind = TypeKind.ofCode(getByte(segment, BlockDescriptor.KIND_OFFSET));
        Encoding encoding = Encoding.ofCode(getByte(segment, BlockDescriptor.ENCODING_OFFSET));
        int rows = getInt(segment, BlockDescriptor.ROWS_OFFSET);
        int length = getInt(segment, BlockDescriptor.LENGTH_OFFSET);
        if (kind == null || encoding == null || rows < 1 || rows > Stripes.MAX_ROWS || length != size) {
            throw corrupt("kind " + kind + ", encoding " + encoding + ", rows " + rows + ", length " + length + " of "
                    + size);
        }
        int precision = getByte(segment, BlockDescriptor.PRECISION_OFFSET);
        int scale = getByte(segment, BlockDescriptor.SCALE_OFFSET);
        boolean typed = kind == TypeKind.DECIMAL
                ? precision >= 1 && precision <= DataType.MAX_PRECISION && scale >= 0 && scale <= precision
                : precision == 0 && scale == 0;
        if (!typed) {
            throw corrupt(kind + "(" + precision + "," + scale + ") is no type");
        }
        DataType type = TYPES.computeIfAbsent(new DataType(kind, precision, scale), known -> known);
        return new Block(segment, type, encoding, rows);
    }

    private static AquiferException corrupt(String what) {
        return new AquiferException(ErrorCode.CORRUPT_FILE, "bad block: " + what);
    }

    /** The whole block, header included. */
    public MemorySegment segment() {
        return segment;
    }

    public DataType type() {
        return type;
    }

    public Physical physical() {
        return type.physical();
    }

    public Encoding encoding() {
        return encoding;
    }

    public int rows() {
        return rows;
    }

    public int nullCount() {
        return nullCount;
    }

    public boolean hasNulls() {
        return nullCount != 0;
    }

    /** Bits of a packed code, 0 to 64; for PACKED and DICTIONARY. */
    public int width() {
        return width;
    }

    /** Distinct values of a DICTIONARY, or runs of a RUN_LENGTH. */
    public int count() {
        return count;
    }

    /** The frame of reference of PACKED, or the constant: a LONG, the low half of an INT128, DOUBLE bits, or 0 and 1. */
    public long baseLow() {
        return baseLow;
    }

    /** The high half of an INT128 whose low one is {@link #baseLow()}; else of no meaning. */
    public long baseHigh() {
        return getLong(segment, BlockDescriptor.BASE_HIGH_OFFSET);
    }

    /** What codes of PACKED are multiplied by before the base is added: 1, or a common divisor of the distances to it. */
    public long factor() {
        return factor;
    }

    /** Byte offset of the validity bitmap, or 0 where no row is null. */
    public int validityOffset() {
        return validityOffset;
    }

    /** Byte offset of codes (PACKED, DICTIONARY), plain values (PLAIN), run values (RUN_LENGTH) or the one value (CONSTANT BYTES). */
    public int dataOffset() {
        return dataOffset;
    }

    /** Byte offset of the dictionary's values or of the run ends. */
    public int auxOffset() {
        return getInt(segment, BlockDescriptor.AUX_AREA_OFFSET);
    }

    public int byteSize() {
        return getInt(segment, BlockDescriptor.LENGTH_OFFSET);
    }

    /** Whether bounds of the values are known that fit 64 bits: of integers, dates and decimals. */
    public boolean hasLongBounds() {
        return hasLongBounds;
    }

    /**
     * The lower bound of the {@link #zoneMap}.
     *
     * @throws IllegalStateException if there are no {@link #hasLongBounds bounds that fit 64 bits}
     */
    public long least() {
        requireLongBounds();
        return least;
    }

    /** The upper bound, as {@link #least}. */
    public long greatest() {
        requireLongBounds();
        return greatest;
    }

    private void requireLongBounds() {
        if (!hasLongBounds) {
            throw new IllegalStateException("no bounds of 64 bits: " + this);
        }
    }

    public ZoneMap zoneMap() {
        ZoneMap known = zoneMap;
        if (known == null) {
            known = ZoneMaps.read(segment, type, rows, nullCount);
            zoneMap = known;
        }
        return known;
    }

    /** Whether the bytes still have the checksum they were written with. */
    public boolean checksumMatches() {
        return getInt(segment, BlockDescriptor.CHECKSUM_OFFSET) == Checksum.of(segment);
    }

    @Override
    public String toString() {
        return type + " " + encoding + " rows=" + rows + " nulls=" + nullCount() + " bytes=" + byteSize();
    }
}
