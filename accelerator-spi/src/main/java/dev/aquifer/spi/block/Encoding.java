package dev.aquifer.spi.block;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a block holds its values. Codes are part of the block format. */
public enum Encoding {
    /** One value for all rows that are not null: in the base field, or for BYTES as the one value of the value area. */
    CONSTANT(0),
    /**
     * Frame of reference: value = base + factor * unsigned code, codes bit-packed as {@link Packing} says. For LONG, and,
     * with a factor of 1, for INT128 whose range fits 64 bits.
     */
    PACKED(1),
    /** Packed codes into a sorted value area of distinct values, so that ranges of values are ranges of codes. */
    DICTIONARY(2),
    /** Runs: exclusive ends as 32-bit row numbers, ascending, and one value a run in a value area. */
    RUN_LENGTH(3),
    /** Values as they are: DOUBLE, INT128, BOOL (one bit a row) and BYTES (a value area with one value a row). */
    PLAIN(4);

    private static final Map<Integer, Encoding> BY_CODE =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Encoding::code, Function.identity()));

    private final int code;

    Encoding(int code) {
        this.code = code;
    }

    /** The number in block headers; never reused. */
    public int code() {
        return code;
    }

    /** The constant of a code, or null where there is none. */
    public static @Nullable Encoding ofCode(int code) {
        return BY_CODE.get(code);
    }
}
