package dev.aquifer.hwtests.generate;

import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Physical;
import dev.aquifer.spi.type.PowersOfTen;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Single values: mostly tame ones, on which operations succeed, and now and then the extremes of the type. */
public final class RandomValues {
    /** Every kind of type, and decimals on both sides of the borders of their forms. */
    public static final List<DataType> TYPES = List.of(
            DataType.BOOLEAN,
            DataType.INT8,
            DataType.INT16,
            DataType.INT32,
            DataType.INT64,
            DataType.decimal(5, 2),
            DataType.decimal(15, 2),
            DataType.decimal(18, 0),
            DataType.decimal(19, 4),
            DataType.decimal(38, 10),
            DataType.FLOAT32,
            DataType.FLOAT64,
            DataType.DATE,
            DataType.TIMESTAMP,
            DataType.VARCHAR);

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private static final List<String> WORDS = List.of(
            "",
            " ",
            "a",
            "A",
            "ab",
            "abc",
            "PROMO BRUSHED",
            "special requests",
            "  padded  ",
            "h\u00e9llo",
            "\u00c4\u00d6\u00dc\u00df",
            "\u0130\u0131",
            "\u4f60\u597d",
            "\ud83d\ude00\ud83d\ude00",
            "a%b_c",
            "x\\y",
            "\uffff",
            "\u0000",
            "sixty-four bytes are the border at which zone maps cut a text..",
            "sixty-five bytes or more are cut in zone maps, and rounded up too");
    /** Texts that CAST can read, or nearly. */
    private static final List<String> READABLE = List.of(
            "0",
            "-1",
            "+42",
            "12.5",
            "-0.005",
            "1e3",
            "128",
            "99999999999999999999",
            "true",
            "f",
            "yes",
            "NaN",
            "-Infinity",
            "2024-02-29",
            "2023-02-29",
            "1969-12-31 23:59:59.999999",
            "2024-01-01T00:00:00",
            " 7 ",
            "20240131",
            ".5");

    private final Random random;

    public RandomValues(Random random) {
        this.random = random;
    }

    /** A type of {@link #TYPES}. */
    public DataType type() {
        return TYPES.get(random.nextInt(TYPES.size()));
    }

    /** A physical value that is not null. */
    public Object value(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> random.nextBoolean();
            case INT8, INT16, INT32, INT64 -> integer(type);
            case DECIMAL -> decimal(type);
            case FLOAT32 -> (double) (float) floating(Float.MIN_VALUE, Float.MAX_VALUE);
            case FLOAT64 -> floating(Double.MIN_VALUE, Double.MAX_VALUE);
            case DATE -> rare() ? extreme(type) : (long) random.nextInt(-15_000, 25_000);
            case TIMESTAMP -> timestamp(type);
            case VARCHAR, BINARY -> text();
        };
    }

    private boolean rare() {
        return random.nextInt(12) == 0;
    }

    private long extreme(DataType type) {
        long min = type.minLong();
        long max = type.maxLong();
        return switch (random.nextInt(4)) {
            case 0 -> min;
            case 1 -> max;
            case 2 -> min + 1 + random.nextInt(3);
            default -> max - 1 - random.nextInt(3);
        };
    }

    private long integer(DataType type) {
        if (rare()) {
            return extreme(type);
        }
        long value = switch (random.nextInt(8)) {
            case 0 -> random.nextLong() >> random.nextInt(64);
            // The borders that kernels reckon with are powers of two.
            case 1 -> (random.nextBoolean() ? 1L : -1L) * ((1L << random.nextInt(63)) + random.nextInt(-1, 2));
            default -> random.nextInt(-20, 21);
        };
        return Math.clamp(value, type.minLong(), type.maxLong());
    }

    private Object decimal(DataType type) {
        if (type.physical() == Physical.LONG) {
            return rare() ? extreme(type) : Math.clamp(random.nextInt(-500, 501), type.minLong(), type.maxLong());
        }
        BigInteger value = switch (random.nextInt(8)) {
            case 0 -> type.maxUnscaled();
            case 1 -> type.maxUnscaled().negate();
            case 2 -> BigInteger.ONE.shiftLeft(random.nextInt(62, 66));
            case 3 -> new BigInteger(random.nextInt(1, 126), random).negate();
            default ->
                BigInteger.valueOf(random.nextInt(-500, 501)).multiply(PowersOfTen.asBigInteger(type.scale() / 2));
        };
        return value.abs().compareTo(type.maxUnscaled()) > 0 ? type.maxUnscaled() : value;
    }

    /**
     * Values of a type near each other, so that a frame of reference of any width, 0 to 64 bits, holds them; as often as not at an
     * end of the type.
     */
    public List<Object> near(DataType type, int count) {
        List<Object> list = new ArrayList<>();
        int width = random.nextInt(65);
        BigInteger base = type.physical() == Physical.LONG
                ? BigInteger.valueOf(random.nextBoolean() ? extreme(type) : integer(type))
                : type.physical() == Physical.INT128 ? (BigInteger) decimal(type) : BigInteger.ZERO;
        for (int i = 0; i < count; i++) {
            list.add(
                    switch (type.physical()) {
                        case LONG -> Long.valueOf(near(type, base, width).longValueExact());
                        case INT128 -> near(type, base, width);
                        case BOOL, DOUBLE, BYTES -> value(type);
                    });
        }
        return list;
    }

    /** A value at most {@code width} bits from a base, towards zero where the type ends. */
    private BigInteger near(DataType type, BigInteger base, int width) {
        boolean wide = type.physical() == Physical.INT128;
        BigInteger min = wide ? type.maxUnscaled().negate() : BigInteger.valueOf(type.minLong());
        BigInteger max = wide ? type.maxUnscaled() : BigInteger.valueOf(type.maxLong());
        BigInteger code = new BigInteger(width, random);
        BigInteger value = base.signum() > 0 ? base.subtract(code) : base.add(code);
        return value.max(min).min(max);
    }

    private double floating(double least, double greatest) {
        if (rare()) {
            return List.of(
                            0.0,
                            -0.0,
                            least,
                            -least,
                            greatest,
                            -greatest,
                            Double.NaN,
                            Double.POSITIVE_INFINITY,
                            Double.NEGATIVE_INFINITY)
                    .get(random.nextInt(9));
        }
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(-5, 6);
            case 1 -> random.nextInt(-1_000, 1_000) / 4.0;
            case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(-20, 20));
            default -> random.nextInt(-1_000, 1_000) / 100.0;
        };
    }

    private long timestamp(DataType type) {
        if (rare()) {
            return extreme(type);
        }
        long day = random.nextInt(-15_000, 25_000) * MICROS_PER_DAY;
        return switch (random.nextInt(3)) {
            case 0 -> day;
            case 1 -> day + random.nextInt(86_400) * 1_000_000L;
            default -> day + random.nextLong(MICROS_PER_DAY);
        };
    }

    private Bytes text() {
        return switch (random.nextInt(8)) {
            case 0 -> Bytes.utf8(READABLE.get(random.nextInt(READABLE.size())));
            case 1 -> Bytes.utf8(WORDS.get(random.nextInt(WORDS.size())) + WORDS.get(random.nextInt(WORDS.size())));
            case 2 -> letters();
            default -> Bytes.utf8(WORDS.get(random.nextInt(WORDS.size())));
        };
    }

    private Bytes letters() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append("abcAB \u00e9%_".charAt(random.nextInt(9)));
        }
        return Bytes.utf8(text.toString());
    }

    /** Bytes that need not be UTF-8: nothing promises that a file's text is. */
    public Bytes malformed() {
        byte[] bytes = new byte[random.nextInt(8)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) List.of(0x61, 0xc3, 0xa9, 0xff, 0xed, 0xa0, 0xf0, 0x9f)
                    .get(random.nextInt(8))
                    .intValue();
        }
        return Bytes.of(bytes);
    }

    /** A pattern of LIKE, with escapes by {@code #} if asked for. */
    public Bytes pattern(boolean escapes) {
        List<String> parts =
                List.of("%", "_", "a", "ab", "\u00e9", "A", " ", "%%", "requests", "PROMO", "\ud83d\ude00");
        StringBuilder pattern = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            if (escapes && random.nextInt(4) == 0) {
                pattern.append('#').append(List.of("%", "_", "#", "a").get(random.nextInt(4)));
            } else {
                pattern.append(parts.get(random.nextInt(parts.size())));
            }
        }
        return Bytes.utf8(pattern.toString());
    }
}
