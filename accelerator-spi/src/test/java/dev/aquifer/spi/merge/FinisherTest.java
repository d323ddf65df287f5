package dev.aquifer.spi.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Typing;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.FinalColumn;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.ValueText;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FinisherTest {
    private static final DataType DEC15 = DataType.decimal(15, 2);
    private static final DataType DEC38 = DataType.decimal(38, 2);

    private static AggregateState sum(DataType type) {
        return new AggregateState(AggregateFunction.SUM, type);
    }

    private static String average(DataType type, @Nullable Object state, long count) {
        Object value = Finisher.average(sum(type), state, count);
        return ValueText.of(Typing.averageType(type), Objects.requireNonNull(value));
    }

    @Test
    void averagesRoundHalfAwayFromZero() {
        assertEquals("3.3333333333333333", average(DataType.INT32, BigInteger.TEN, 3));
        assertEquals("6.6666666666666667", average(DataType.INT32, BigInteger.valueOf(20), 3));
        assertEquals("-6.6666666666666667", average(DataType.INT64, BigInteger.valueOf(-20), 3));
        assertEquals("0.003333333333333333", average(DEC15, BigInteger.ONE, 3));
        assertEquals("2.5000000000000000", average(DataType.INT8, BigInteger.valueOf(5), 2));
        assertNull(Finisher.average(sum(DataType.INT32), null, 0));
    }

    @Test
    void averagesOfSumsThatDoNotFitAreExact() {
        BigInteger greatest = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
        Object state = WideSum.encode(greatest.multiply(BigInteger.valueOf(1_000)));
        assertEquals("999999999999999999999999999999999999.99", average(DEC38, state, 1_000));
        AquiferException thrown = assertThrows(AquiferException.class, () -> Finisher.value(sum(DEC38), state));
        assertEquals(ErrorCode.OUT_OF_RANGE, thrown.code());
        assertEquals("sum " + "9".repeat(38) + "0.00 does not fit DECIMAL(38,2)", thrown.getMessage());
    }

    @Test
    void finishesWholeBatches() {
        AggregateShape shape = new AggregateShape(
                List.of(DataType.VARCHAR),
                List.of(sum(DataType.FLOAT64), new AggregateState(AggregateFunction.COUNT, DataType.FLOAT64)));
        long[] floats = new long[FloatSum.LONGS];
        FloatSum.add(floats, 0, 1.5);
        FloatSum.add(floats, 0, 2.0);
        List<Column> columns = List.of(
                ColumnBuilder.of(DataType.VARCHAR, Arrays.asList(null, null)),
                ColumnBuilder.of(DataType.BINARY, Arrays.asList(FloatSum.encode(floats, 0), null)),
                ColumnBuilder.of(DataType.INT64, List.of(2L, 0L)));
        Batch finished = Finisher.finish(
                shape,
                List.of(
                        new FinalColumn.Average(0, 1),
                        new FinalColumn.Key(0),
                        new FinalColumn.Value(0),
                        new FinalColumn.Value(1)),
                new Batch(2, columns));
        assertEquals(Arrays.asList(1.75, null, 3.5, 2L), finished.row(0));
        assertEquals(Arrays.asList(null, null, null, 0L), finished.row(1));
        assertEquals(List.of(DataType.FLOAT64, DataType.VARCHAR, DataType.FLOAT64, DataType.INT64), finished.types());
    }
}
