package dev.aquifer.hwtests.generate;

import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Values at the borders of 64 bits and of what a block says of itself, which chance does not find: the same in every run. */
public final class BorderCases {
    private static final DataType WIDE = DataType.decimal(38, 0);
    private static final Expr NUMBER = new Expr.ColumnRef(0, DataType.INT64);

    /** A fragment over one stripe. */
    public record BorderCase(String name, Fragment fragment, Stripe stripe) {}

    private final List<BorderCase> cases = new ArrayList<>();

    private BorderCases() {}

    /** All cases. */
    public static List<BorderCase> all() {
        BorderCases cases = new BorderCases();
        cases.sums();
        cases.ranges();
        cases.rangesOfMultiples();
        cases.keysOfNullRows();
        cases.quotients();
        return cases.cases;
    }

    private static Column column(DataType type, int rows, IntFunction<@Nullable Object> value) {
        ColumnBuilder builder = new ColumnBuilder(type, rows);
        for (int row = 0; row < rows; row++) {
            builder.append(value.apply(row));
        }
        return builder.build();
    }

    private void add(
            String name,
            @Nullable Expr filter,
            List<Expr> projections,
            Terminal terminal,
            Encoding encoding,
            Column... columns) {
        List<Field> fields = IntStream.range(0, columns.length)
                .mapToObj(i -> new Field("c" + i, columns[i].type()))
                .toList();
        Stripe stripe = new Stripe(
                0,
                columns[0].size(),
                List.of(columns).stream()
                        .map(column -> RandomColumns.block(column, encoding))
                        .toList());
        cases.add(new BorderCase(name, new Fragment(fields, filter, projections, terminal), stripe));
    }

    /**
     * Sums of vectors of equal values at every power of two: whatever a device adds up in narrow sums before it goes to wide ones,
     * the most it may is among them.
     */
    private void sums() {
        AggregateCall sum = new AggregateCall(AggregateFunction.SUM, 0, -1);
        for (int power = 40; power <= 63; power++) {
            long border = 1L << power;
            for (long value : new long[] {border - 1, border, -border}) {
                add(
                        "border: sum of 2,100 times " + value,
                        null,
                        List.of(NUMBER),
                        new Terminal.Aggregate(List.of(), List.of(sum)),
                        Encoding.CONSTANT,
                        column(DataType.INT64, 2_100, row -> value));
            }
        }
        long most = 1L << 52;
        add(
                "border: sums of 2^52 by key",
                null,
                List.of(NUMBER, new Expr.ColumnRef(1, DataType.INT64)),
                new Terminal.Aggregate(List.of(1), List.of(sum)),
                Encoding.PACKED,
                column(DataType.INT64, 10_240, row -> most),
                column(DataType.INT64, 10_240, row -> (long) (row % 2)));
    }

    /** The codes of null rows may stand for values past the ends of 64 bits, where the base is close to one. */
    private void ranges() {
        for (Encoding encoding : RandomColumns.encodings(DataType.INT64)) {
            for (long base : new long[] {Long.MIN_VALUE, Long.MAX_VALUE - 10}) {
                Column values = column(DataType.INT64, 1_100, row -> row % 7 == 0 ? null : (Object) (base + row % 11));
                for (long distance : new long[] {0, 5, 250, 260, 65_530, 1L << 40}) {
                    for (long past : new long[] {0, 5, 8, 10}) {
                        long low = base < 0 ? base + past : base - distance;
                        long high = base < 0 ? base + past + distance : base + past;
                        Expr filter = Expr.call(
                                Function.AND,
                                Expr.call(Function.GREATER_OR_EQUAL, NUMBER, new Expr.Literal(DataType.INT64, low)),
                                Expr.call(Function.LESS_OR_EQUAL, NUMBER, new Expr.Literal(DataType.INT64, high)));
                        add(
                                "border: " + encoding + " from " + low + " to " + high,
                                filter,
                                List.of(NUMBER),
                                new Terminal.Rows(-1),
                                encoding,
                                values);
                    }
                }
            }
        }
    }

    /** Values far apart are packed as multiples of a factor, of which the one past the last does not fit 64 bits. */
    private void rangesOfMultiples() {
        long distance = (1L << 62) + 1;
        for (long base : new long[] {Long.MIN_VALUE, -distance, 0, Long.MAX_VALUE - distance}) {
            Column values = column(DataType.INT64, 1_100, row -> base + (row % 3 == 0 ? distance : 0));
            for (long bound : new long[] {base, base + 1, base + distance}) {
                for (Function function : List.of(Function.LESS, Function.GREATER_OR_EQUAL)) {
                    add(
                            "border: multiples of " + distance + " from " + base + ", " + function + " " + bound,
                            Expr.call(function, NUMBER, new Expr.Literal(DataType.INT64, bound)),
                            List.of(NUMBER),
                            new Terminal.Rows(-1),
                            Encoding.PACKED,
                            values);
                }
            }
        }
    }

    /** Null rows of plain values hold anything: here 0, which the block's bounds leave out. */
    private void keysOfNullRows() {
        AggregateCall count = new AggregateCall(AggregateFunction.COUNT, -1, -1);
        add(
                "border: groups by plain values with nulls",
                null,
                List.of(
                        new Expr.ColumnRef(0, DataType.INT8),
                        Expr.cast(new Expr.ColumnRef(1, WIDE), DataType.decimal(5, 0))),
                new Terminal.Aggregate(List.of(0, 1), List.of(count)),
                Encoding.PLAIN,
                column(DataType.INT8, 3_000, row -> (long) (row % 12)),
                column(WIDE, 3_000, row -> row % 5 == 0 ? null : BigInteger.valueOf(100 + row % 11)));
    }

    /** The least long has no magnitude in 64 bits. */
    private void quotients() {
        List<BigInteger> values = new ArrayList<>(List.of(BigInteger.ZERO, BigInteger.ONE));
        for (long value : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE / 2, Long.MIN_VALUE / 2 - 1}) {
            values.add(BigInteger.valueOf(value));
        }
        DataType nineteen = DataType.decimal(19, 0);
        for (long divisor : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, -1, 3}) {
            for (Function function : List.of(Function.DIVIDE, Function.MODULO)) {
                add(
                        "border: " + function + " by " + divisor,
                        null,
                        List.of(Expr.call(function, new Expr.ColumnRef(0, WIDE), new Expr.ColumnRef(1, nineteen))),
                        new Terminal.Rows(-1),
                        Encoding.PACKED,
                        column(WIDE, values.size(), values::get),
                        column(nineteen, values.size(), row -> BigInteger.valueOf(divisor)));
            }
        }
    }
}
