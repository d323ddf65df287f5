package dev.aquifer.cpu.device;

import static dev.aquifer.cpu.device.DevicePair.encoded;
import static dev.aquifer.cpu.device.DevicePair.fragment;
import static dev.aquifer.cpu.device.DevicePair.same;

import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import java.math.BigInteger;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values at the borders of 64 bits, of the bounds that kernels reckon with, and of what a block says of itself. */
class BorderValuesTest {
    private static final DataType WIDE = DataType.decimal(38, 0);

    private static Column column(DataType type, int rows, IntFunction<@Nullable Object> value) {
        ColumnBuilder builder = new ColumnBuilder(type, rows);
        for (int row = 0; row < rows; row++) {
            builder.append(value.apply(row));
        }
        return builder.build();
    }

    private static Expr ref(int index, DataType type) {
        return new Expr.ColumnRef(index, type);
    }

    private static Stripe stripe(Encoding encoding, Column... columns) {
        return new Stripe(
                0,
                columns[0].size(),
                List.of(columns).stream().map(each -> encoded(each, encoding)).toList());
    }

    /** 2^52 is the most that is added up in 64 bits; 1,024 of it are 2^62, and as many again would wrap. */
    @ParameterizedTest
    @ValueSource(longs = {1L << 52, -(1L << 52), (1L << 52) - 1, (1L << 52) + 1})
    void sumsOfTheLargestValuesThatAreAddedUpNarrow(long value) {
        for (int rows : new int[] {1_024, 2_048, 3_000, 10_240}) {
            Column values = column(DataType.INT64, rows, row -> value);
            Column keys = column(DataType.INT64, rows, row -> (long) (row % 2));
            AggregateCall sum = new AggregateCall(AggregateFunction.SUM, 0, -1);
            List<DataType> types = List.of(DataType.INT64, DataType.INT64);
            List<Expr> outputs = List.of(ref(0, DataType.INT64), ref(1, DataType.INT64));
            for (List<Integer> by : List.of(List.<Integer>of(), List.of(1))) {
                same(
                        fragment(types, null, outputs, new Terminal.Aggregate(by, List.of(sum))),
                        List.of(stripe(Encoding.PACKED, values, keys)),
                        rows + " rows of " + value + " by " + by);
            }
        }
    }

    /** The codes of null rows may be past the greatest long, where the base is close to it. */
    @ParameterizedTest
    @EnumSource(Encoding.class)
    void rangesOfBlocksWithNullsAtTheEndsOfLong(Encoding encoding) {
        for (long base : new long[] {Long.MIN_VALUE, Long.MAX_VALUE - 10}) {
            Column values = column(DataType.INT64, 2_000, row -> row % 7 == 0 ? null : (Object) (base + row % 11));
            List<Stripe> stripes = List.of(stripe(encoding, values));
            for (long distance : new long[] {0, 1, 5, 240, 250, 256, 260, 65_530, 1L << 40}) {
                for (long past = 0; past <= 10; past += 2) {
                    long low = base < 0 ? base + past : base - distance;
                    long high = base < 0 ? base + past + distance : base + past;
                    Expr column = ref(0, DataType.INT64);
                    Expr filter = Expr.call(
                            Function.AND,
                            Expr.call(Function.GREATER_OR_EQUAL, column, new Expr.Literal(DataType.INT64, low)),
                            Expr.call(Function.LESS_OR_EQUAL, column, new Expr.Literal(DataType.INT64, high)));
                    same(
                            fragment(List.of(DataType.INT64), filter, List.of(column), new Terminal.Rows(-1)),
                            stripes,
                            encoding + " from " + low + " to " + high);
                }
            }
        }
    }

    /** Null rows of plain values hold anything: here 0, which the block's bounds leave out. */
    @Test
    void keysMadeOfPlainValuesWithNulls() {
        DataType small = DataType.decimal(5, 0);
        Column first = column(DataType.INT8, 3_000, row -> (long) (row % 12));
        Column second = column(WIDE, 3_000, row -> row % 5 == 0 ? null : BigInteger.valueOf(100 + row % 11));
        List<Expr> keys = List.of(ref(0, DataType.INT8), Expr.cast(ref(1, WIDE), small));
        AggregateCall count = new AggregateCall(AggregateFunction.COUNT, -1, -1);
        same(
                fragment(
                        List.of(DataType.INT8, WIDE),
                        null,
                        keys,
                        new Terminal.Aggregate(List.of(0, 1), List.of(count))),
                List.of(stripe(Encoding.PLAIN, first, second)),
                "groups");
    }

    @Test
    void quotientsOfTheLeastLong() {
        DataType nineteen = DataType.decimal(19, 0);
        List<BigInteger> values = List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                BigInteger.valueOf(Long.MIN_VALUE),
                BigInteger.valueOf(Long.MAX_VALUE),
                BigInteger.valueOf(Long.MIN_VALUE / 2),
                BigInteger.valueOf(Long.MIN_VALUE / 2 - 1));
        Column left = column(WIDE, 6, values::get);
        Column right = column(nineteen, 6, row -> BigInteger.valueOf(row < 6 ? Long.MIN_VALUE : Long.MAX_VALUE));
        for (Function function : List.of(Function.DIVIDE, Function.MODULO)) {
            same(
                    fragment(
                            List.of(WIDE, nineteen),
                            null,
                            List.of(Expr.call(function, ref(0, WIDE), ref(1, nineteen))),
                            new Terminal.Rows(-1)),
                    List.of(stripe(Encoding.PACKED, left, right)),
                    function + " by the least long");
        }
    }
}
