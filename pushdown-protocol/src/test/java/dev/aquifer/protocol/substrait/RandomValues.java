package dev.aquifer.protocol.substrait;

import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Random physical values: one in five null, extremes often. */
final class RandomValues {
    private static final double[] DOUBLES = {
        0.0,
        -0.0,
        1.5,
        -1.0 / 3,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -Double.MAX_VALUE
    };
    private static final float[] FLOATS = {
        0.0f, -0.0f, 1.1f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE, -Float.MAX_VALUE
    };
    private static final String[] TEXTS = {
        "", " ", "a", "%_\\", "naïve", "\ud83d\ude00 x", "\u0000", "O'Reilly", "x".repeat(300)
    };

    private RandomValues() {}

    static @Nullable Object value(SplittableRandom random, DataType type) {
        if (random.nextInt(5) == 0) {
            return null;
        }
        return switch (type.physical()) {
            case BOOL -> random.nextBoolean();
            case LONG -> longValue(random, type);
            case INT128 -> wideValue(random, type);
            case DOUBLE ->
                type.equals(DataType.FLOAT32)
                        ? (double) FLOATS[random.nextInt(FLOATS.length)]
                        : DOUBLES[random.nextInt(DOUBLES.length)];
            case BYTES -> Bytes.utf8(TEXTS[random.nextInt(TEXTS.length)]);
        };
    }

    private static long longValue(SplittableRandom random, DataType type) {
        return switch (random.nextInt(4)) {
            case 0 -> type.minLong();
            case 1 -> type.maxLong();
            case 2 -> Math.clamp(random.nextInt(-5, 6), type.minLong(), type.maxLong());
            default -> Math.clamp(random.nextLong(), type.minLong(), type.maxLong());
        };
    }

    private static BigInteger wideValue(SplittableRandom random, DataType type) {
        if (type.physical() != Physical.INT128) {
            throw new IllegalArgumentException(type.toString());
        }
        BigInteger max = type.maxUnscaled();
        return switch (random.nextInt(4)) {
            case 0 -> max;
            case 1 -> max.negate();
            case 2 -> BigInteger.valueOf(random.nextInt(-5, 6));
            default ->
                BigInteger.valueOf(random.nextLong())
                        .multiply(BigInteger.valueOf(random.nextLong()))
                        .remainder(max);
        };
    }
}
