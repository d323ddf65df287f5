package dev.aquifer.benchmarks.primitive;

import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.PowersOfTen;
import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/** Columns of each physical form. */
final class Shapes {
    static final DataType MONEY = DataType.decimal(15, 2);
    static final DataType WIDE = DataType.decimal(38, 2);

    /** Stands for a few words at random. */
    static final String WORDS = "*";

    /** 1992-01-02, TPC-H's first day. */
    private static final long FIRST_DAY = 8_036;

    private static final long DAY_MICROS = 86_400_000_000L;
    private static final BigInteger WIDE_BASE = PowersOfTen.asBigInteger(20);
    private static final BigInteger WIDE_STEP = PowersOfTen.asBigInteger(17);
    /** Words of TPC-H's comments. */
    private static final List<String> VOCABULARY = List.of(
            "furiously",
            "carefully",
            "quickly",
            "final",
            "ironic",
            "pending",
            "regular",
            "express",
            "bold",
            "even",
            "accounts",
            "packages",
            "deposits",
            "theodolites",
            "requests",
            "instructions",
            "foxes",
            "pinto",
            "beans",
            "sleep",
            "haggle",
            "nag",
            "among",
            "the",
            "above");

    private Shapes() {}

    /** Of a type that 64 bits hold: the codes themselves, above a base. */
    static Shape longs(DataType type, Encoding encoding, Codes codes) {
        long base = base(type);
        return new Shape(type, encoding, codes, code -> base + code, 0);
    }

    static Shape packed(DataType type, Codes codes) {
        return longs(type, Encoding.PACKED, codes);
    }

    /** Values next to each other in the order of codes are apart in the order of values. */
    static Shape scattered(DataType type, Codes codes) {
        long base = base(type);
        return new Shape(type, Encoding.PACKED, codes, code -> base + (code * 0x9E37_79B1L & codes.size() - 1), 0);
    }

    /** Distinct values that are far from each other. */
    static Shape sparse(DataType type, Encoding encoding, Codes codes) {
        return new Shape(type, encoding, codes, code -> 1_000_003L * code, 0);
    }

    /** Money of 38 digits: near each other where packed, else spread over more than 64 bits. */
    static Shape wide(Encoding encoding, Codes codes) {
        BigInteger step = encoding == Encoding.PACKED ? BigInteger.ONE : WIDE_STEP;
        return new Shape(
                WIDE,
                encoding,
                codes,
                code -> WIDE_BASE.add(BigInteger.valueOf(code).multiply(step)),
                0);
    }

    /** Halves from 0.5 on, which FLOAT32 holds up to 23 bits. */
    static Shape floats(DataType type, Encoding encoding, Codes codes) {
        return new Shape(type, encoding, codes, code -> 0.5 * code + 0.5, 0);
    }

    /** Comments of some words, some 40 bytes; a code always has the same. */
    static Shape texts(Encoding encoding, Codes codes) {
        return texts(encoding, codes, WORDS, WORDS);
    }

    /**
     * Comments of some words.
     *
     * @param kept what texts that a filter keeps are made of, with {@link #WORDS} for words at random
     */
    static Shape texts(Encoding encoding, Codes codes, String... kept) {
        List<String> parts = List.of(kept);
        List<String> others = List.of(WORDS, WORDS);
        LongFunction<Object> values = code -> text(code, codes.isKept(code) ? parts : others);
        return new Shape(DataType.VARCHAR, encoding, codes, values, 0);
    }

    /** Whole numbers as text. */
    static Shape digits(Encoding encoding, Codes codes) {
        return new Shape(DataType.VARCHAR, encoding, codes, code -> Bytes.utf8(Long.toString(code)), 0);
    }

    private static long base(DataType type) {
        return switch (type.kind()) {
            case INT8 -> Byte.MIN_VALUE;
            case DATE -> FIRST_DAY;
            case TIMESTAMP -> FIRST_DAY * DAY_MICROS;
            // Not zero: divisors come from here too.
            case INT16, INT32, INT64, DECIMAL -> 1;
            case BOOLEAN, FLOAT32, FLOAT64, VARCHAR, BINARY ->
                throw new IllegalArgumentException(type + " is not held as a whole number");
        };
    }

    private static Bytes text(long code, List<String> parts) {
        SplittableRandom random = new SplittableRandom(code);
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            int words = part.equals(WORDS) ? random.nextInt(2, 4) : 1;
            for (int i = 0; i < words; i++) {
                String word = part.equals(WORDS) ? VOCABULARY.get(random.nextInt(VOCABULARY.size())) : part;
                text.append(text.isEmpty() ? "" : " ").append(word);
            }
        }
        return Bytes.utf8(text.toString());
    }
}
