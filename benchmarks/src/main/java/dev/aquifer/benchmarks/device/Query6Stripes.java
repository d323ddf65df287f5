package dev.aquifer.benchmarks.device;

import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.BlockEncoder;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** TPC-H query 6 as a fragment, and random stripes with the value ranges of lineitem. */
final class Query6Stripes {
    static final DataType MONEY = DataType.decimal(15, 2);
    /** 1992-01-02, the first l_shipdate. */
    private static final long FIRST_DAY = 8_036;

    private static final int DAYS = 2_526;

    private Query6Stripes() {}

    static Fragment fragment() {
        Expr shipDate = new Expr.ColumnRef(0, DataType.DATE);
        Expr discount = new Expr.ColumnRef(1, MONEY);
        Expr quantity = new Expr.ColumnRef(2, MONEY);
        Expr price = new Expr.ColumnRef(3, MONEY);
        Expr filter = Expr.call(
                Function.AND,
                Expr.call(Function.GREATER_OR_EQUAL, shipDate, new Expr.Literal(DataType.DATE, 8_766L)),
                Expr.call(Function.LESS, shipDate, new Expr.Literal(DataType.DATE, 9_131L)),
                Expr.call(Function.GREATER_OR_EQUAL, discount, new Expr.Literal(MONEY, 5L)),
                Expr.call(Function.LESS_OR_EQUAL, discount, new Expr.Literal(MONEY, 7L)),
                Expr.call(Function.LESS, quantity, new Expr.Literal(MONEY, 2_400L)));
        return new Fragment(
                List.of(
                        new Field("l_shipdate", DataType.DATE),
                        new Field("l_discount", MONEY),
                        new Field("l_quantity", MONEY),
                        new Field("l_extendedprice", MONEY)),
                filter,
                List.of(Expr.call(Function.MULTIPLY, price, discount)),
                new Terminal.Aggregate(List.of(), List.of(new AggregateCall(AggregateFunction.SUM, 0, -1))));
    }

    static List<Stripe> generate(int count, Arena arena, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Stripe> stripes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            List<Block> blocks = List.of(
                    block(DataType.DATE, () -> FIRST_DAY + random.nextInt(DAYS), arena),
                    block(MONEY, () -> random.nextInt(11), arena),
                    block(MONEY, () -> 100L * random.nextInt(1, 51), arena),
                    block(MONEY, () -> random.nextLong(90_000, 10_495_000), arena));
            stripes.add(new Stripe(i, Stripes.MAX_ROWS, blocks));
        }
        return stripes;
    }

    private static Block block(DataType type, LongSupplier values, Arena arena) {
        long[] column = new long[Stripes.MAX_ROWS];
        for (int row = 0; row < column.length; row++) {
            column[row] = values.getAsLong();
        }
        Column decoded = new LongColumn(type, column.length, column, null);
        return BlockEncoder.encode(decoded, arena);
    }
}
