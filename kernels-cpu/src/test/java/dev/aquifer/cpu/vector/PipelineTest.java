package dev.aquifer.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.block.BlockEncoder;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.compile.FragmentCompiler;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which rows go through a program's operations together. */
class PipelineTest {
    private static final int VECTORS = 4;
    private static final DataType MONEY = DataType.decimal(15, 2);

    private static Column column(DataType type, LongUnaryOperator value) {
        ColumnBuilder builder = new ColumnBuilder(type, VECTORS * Stripes.VECTOR_ROWS);
        for (int row = 0; row < VECTORS * Stripes.VECTOR_ROWS; row++) {
            builder.appendLong(value.applyAsLong(row));
        }
        return builder.build();
    }

    /** The products that each frame holds, of a stripe of which every 300th row passes. */
    private static List<List<Long>> frames(DataType type, DataType product, LongUnaryOperator value) {
        Expr key = new Expr.ColumnRef(0, DataType.INT64);
        Expr factor = new Expr.ColumnRef(1, type);
        Expr filter =
                new Expr.Call(Function.LESS, List.of(key, new Expr.Literal(DataType.INT64, 1L)), DataType.BOOLEAN);
        CompiledFragment compiled = FragmentCompiler.compile(new Fragment(
                List.of(new Field("key", DataType.INT64), new Field("factor", type)),
                filter,
                List.of(new Expr.Call(Function.MULTIPLY, List.of(factor, factor), product)),
                new Terminal.Rows(-1)));
        int register = IntStream.range(0, compiled.program().ops().size())
                .filter(i -> compiled.program().ops().get(i).primitive() == Primitive.MULTIPLY)
                .findFirst()
                .orElseThrow();
        Stripe stripe = new Stripe(
                0,
                VECTORS * Stripes.VECTOR_ROWS,
                List.of(
                        BlockEncoder.encode(column(DataType.INT64, row -> row % 300), Arena.ofAuto()),
                        BlockEncoder.encode(column(type, value), Arena.ofAuto())));
        List<List<Long>> frames = new ArrayList<>();
        try (MemoryReservation memory = new MemoryReservation(ExecutionContext.UNBOUNDED.memory())) {
            Pipeline pipeline =
                    new Pipeline(compiled.program(), compiled.arguments(), new int[] {register}, true, memory);
            pipeline.attach(stripe);
            for (int vector = 0; vector < VECTORS; vector++) {
                pipeline.vector(vector, frame -> frames.add(products(frame, register)));
            }
            pipeline.rest(frame -> frames.add(products(frame, register)));
        }
        return frames;
    }

    private static List<Long> products(Frame frame, int register) {
        return IntStream.range(0, frame.rows())
                .mapToObj(row -> frame.get(register).longs[row])
                .toList();
    }

    private static List<Long> squares(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> 300L * i * 300L * i)
                .toList();
    }

    @Test
    void rowsOfManyVectorsAreTakenTogetherWhereNoneCanFail() {
        assertEquals(List.of(squares(0, 13)), frames(MONEY, DataType.decimal(30, 4), row -> row));
        assertEquals(List.of(squares(0, 13)), frames(DataType.INT64, DataType.INT64, row -> row));
    }

    @Test
    void aVectorIsTakenByItselfWhereARowOfTheStripeCouldFail() {
        // The last row passes by no means, but its bounds are the stripe's.
        long last = VECTORS * Stripes.VECTOR_ROWS - 1;
        assertEquals(
                List.of(squares(0, 3), squares(4, 6), squares(7, 10), squares(11, 13)),
                frames(DataType.INT64, DataType.INT64, row -> row == last ? Long.MAX_VALUE : row));
    }
}
