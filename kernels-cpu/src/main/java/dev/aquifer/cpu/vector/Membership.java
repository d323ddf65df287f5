package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Int128;
import dev.aquifer.spi.type.Physical;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** IN over a set of constants: a few are compared one by one, many are hashed. */
final class Membership extends Operation {
    /** Sets up to this size are compared value by value, a vector of rows at a time. */
    private static final int FEW = 8;

    private final boolean hasNull;
    private final long[] values;
    private final List<BigInteger> wide;
    private final TextSet texts;
    private final LongHashSet hashed;
    private final long[] found = new long[Bits.WORDS];
    private long[] keys = new long[0];

    Membership(Op op, Argument.ValueSet set, DataType type) {
        super(op);
        List<Object> present = set.values().stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        this.hasNull = present.size() < set.values().size();
        Physical physical = type.physical();
        this.values = switch (physical) {
            case BOOL ->
                present.stream().mapToLong(value -> (Boolean) value ? 1 : 0).toArray();
            case LONG ->
                present.stream().mapToLong(value -> (Long) value).distinct().toArray();
            case DOUBLE ->
                present.stream()
                        .mapToLong(value -> LongCompare.order((Double) value))
                        .distinct()
                        .toArray();
            case INT128 -> narrow(present).toArray();
            case BYTES -> new long[0];
        };
        this.wide = physical == Physical.INT128
                ? List.copyOf(
                        present.stream().map(BigInteger.class::cast).collect(Collectors.toCollection(TreeSet::new)))
                : List.of();
        this.texts = new TextSet(
                physical == Physical.BYTES
                        ? present.stream().map(Bytes.class::cast).toList()
                        : List.of());
        this.hashed = new LongHashSet(values);
    }

    private static LongStream narrow(List<Object> values) {
        return values.stream()
                .map(BigInteger.class::cast)
                .filter(value -> value.bitLength() < 64)
                .mapToLong(BigInteger::longValue)
                .distinct();
    }

    @Override
    void run(Frame frame) {
        Register arg = frame.in(op.arg(0));
        int rows = frame.rows();
        Arrays.fill(out.bits, 0L);
        switch (arg.physical) {
            case BOOL -> {
                for (long value : values) {
                    for (int word = 0; word < Bits.WORDS; word++) {
                        out.bits[word] |= value == 0 ? ~arg.bits[word] : arg.bits[word];
                    }
                }
            }
            case LONG -> longs(arg.longs, rows);
            case DOUBLE -> {
                keys = keys.length == 0 ? new long[arg.doubles.length] : keys;
                LongCompare.order(arg.doubles, rows, keys);
                longs(keys, rows);
            }
            case INT128 -> {
                if (arg.narrow) {
                    longs(arg.longs, rows);
                } else {
                    wide(arg, rows);
                }
            }
            case BYTES -> {
                for (int row = 0; row < rows; row++) {
                    if (texts.contains(arg.data, arg.starts[row], arg.lengths[row])) {
                        Bits.set(out.bits, row);
                    }
                }
            }
        }
        nulls(arg);
    }

    /** Null in, null out; and not found is null where the set has a null. */
    private void nulls(Register arg) {
        out.nullsOf(arg);
        if (hasNull) {
            out.hasNulls = true;
            for (int word = 0; word < Bits.WORDS; word++) {
                out.valid[word] = out.bits[word] & (arg.hasNulls ? arg.valid[word] : -1L);
            }
        }
    }

    private void longs(long[] args, int rows) {
        if (values.length > FEW) {
            for (int row = 0; row < rows; row++) {
                if (hashed.contains(args[row])) {
                    Bits.set(out.bits, row);
                }
            }
            return;
        }
        for (long value : values) {
            LongCompare.equal(args, value, rows, found);
            for (int word = 0; word << 6 < rows; word++) {
                out.bits[word] |= found[word];
            }
        }
    }

    private void wide(Register arg, int rows) {
        for (BigInteger value : wide) {
            long low = value.longValue();
            long high = Int128.high(value);
            for (int row = 0; row < rows; row++) {
                if (arg.longs[row] == low && arg.highs[row] == high) {
                    Bits.set(out.bits, row);
                }
            }
        }
    }
}
