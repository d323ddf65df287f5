package dev.aquifer.protocol.arrow;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Batches with a column of every type. */
final class RandomBatches {
    static final List<Field> FIELDS = List.of(
            new Field("bool", DataType.BOOLEAN),
            new Field("i8", DataType.INT8),
            new Field("i16", DataType.INT16),
            new Field("i32", DataType.INT32),
            new Field("i64", DataType.INT64),
            new Field("dec", DataType.decimal(15, 2)),
            new Field("wide", DataType.decimal(38, 10)),
            new Field("edge", DataType.decimal(19, 0)),
            new Field("f32", DataType.FLOAT32),
            new Field("f64", DataType.FLOAT64),
            new Field("date", DataType.DATE),
            new Field("ts", DataType.TIMESTAMP),
            new Field("text", DataType.VARCHAR),
            new Field("state", DataType.BINARY));

    /** Where the nulls are. */
    enum Nulls {
        NONE,
        ALL,
        ALTERNATING,
        SOME
    }

    private RandomBatches() {}

    static Batch batch(SplittableRandom random, int rows, Nulls nulls) {
        List<Column> columns = new ArrayList<>();
        for (Field field : FIELDS) {
            ColumnBuilder builder = new ColumnBuilder(field.type(), rows);
            for (int i = 0; i < rows; i++) {
                boolean isNull = switch (nulls) {
                    case NONE -> false;
                    case ALL -> true;
                    case ALTERNATING -> i % 2 == 0;
                    case SOME -> random.nextInt(7) == 0;
                };
                builder.append(isNull ? null : value(random, field.type()));
            }
            columns.add(builder.build());
        }
        return new Batch(rows, columns);
    }

    private static @Nullable Object value(SplittableRandom random, DataType type) {
        boolean extreme = random.nextInt(4) == 0;
        boolean low = random.nextBoolean();
        return switch (type.physical()) {
            case BOOL -> low;
            case LONG ->
                extreme
                        ? low ? type.minLong() : type.maxLong()
                        : Math.clamp(random.nextLong() >> random.nextInt(64), type.minLong(), type.maxLong());
            case INT128 -> {
                BigInteger max = type.maxUnscaled();
                BigInteger some = BigInteger.valueOf(random.nextLong())
                        .shiftLeft(random.nextInt(60))
                        .remainder(max);
                yield extreme ? low ? max.negate() : max : some;
            }
            case DOUBLE ->
                type.equals(DataType.FLOAT32)
                        ? (double) Float.intBitsToFloat(random.nextInt() & 0xff7f_ffff)
                        : extreme ? low ? Double.NaN : -0.0 : random.nextDouble() * 1e300;
            case BYTES -> {
                byte[] bytes = new byte[extreme ? 0 : random.nextInt(20)];
                random.nextBytes(bytes);
                yield Bytes.of(bytes);
            }
        };
    }

    /** Equality by value: columns are records over arrays. */
    static List<List<@Nullable Object>> rows(Batch batch) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < batch.rows(); i++) {
            rows.add(batch.row(i));
        }
        return rows;
    }
}
