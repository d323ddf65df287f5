package dev.aquifer.spi.type;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The SQL types of Aquifer. Codes are part of the block format. */
public enum TypeKind {
    BOOLEAN(0),
    INT8(1),
    INT16(2),
    INT32(3),
    INT64(4),
    DECIMAL(5),
    FLOAT32(6),
    FLOAT64(7),
    DATE(8),
    TIMESTAMP(9),
    VARCHAR(10),
    /** Intermediate aggregate states only; no SQL column has it. */
    BINARY(11);

    private static final Map<Integer, TypeKind> BY_CODE =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(TypeKind::code, Function.identity()));

    private final int code;

    TypeKind(int code) {
        this.code = code;
    }

    /** The number in block headers; never reused. */
    public int code() {
        return code;
    }

    /** The constant of a code, or null where there is none. */
    public static @Nullable TypeKind ofCode(int code) {
        return BY_CODE.get(code);
    }
}
