package dev.aquifer.hwtests.generate;

import dev.aquifer.spi.batch.BoolColumn;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.batch.DoubleColumn;
import dev.aquifer.spi.batch.Int128Column;
import dev.aquifer.spi.batch.LongColumn;
import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.BlockEncoder;
import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.device.Stripe;
import dev.aquifer.spi.type.DataType;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Columns of different shapes, and blocks of them in every encoding that holds them. */
public final class RandomColumns {
    private static final List<Encoding> ENCODINGS = List.of(Encoding.values());
    /** Where nulls are: in every other row. */
    private static final int ALTERNATING = 0;

    private final Random random;
    private final RandomValues values;

    public RandomColumns(Random random) {
        this.random = random;
        this.values = new RandomValues(random);
    }

    /** The encodings that some columns of a type have. */
    public static List<Encoding> encodings(DataType type) {
        return switch (type.physical()) {
            case BOOL -> List.of(Encoding.CONSTANT, Encoding.PLAIN);
            case LONG -> List.of(Encoding.CONSTANT, Encoding.PACKED, Encoding.DICTIONARY, Encoding.RUN_LENGTH);
            case INT128 -> ENCODINGS;
            case DOUBLE, BYTES -> List.of(Encoding.CONSTANT, Encoding.DICTIONARY, Encoding.RUN_LENGTH, Encoding.PLAIN);
        };
    }

    /**
     * A column: constant, of few values, in runs, of any values, or of values near each other; without nulls, with some,
     * alternating, or of nulls.
     */
    public Column column(DataType type, int rows) {
        return column(type, rows, random.nextInt(10), random.nextInt(8));
    }

    /** A column that can be held in one of the {@link #encodings} of its type. */
    public Column column(DataType type, int rows, Encoding encoding) {
        int shape = switch (encoding) {
            case CONSTANT -> 0;
            case PACKED -> 8;
            case DICTIONARY, RUN_LENGTH, PLAIN -> random.nextInt(10);
        };
        // A block of nothing but null is CONSTANT.
        return column(type, rows, shape, 2 + random.nextInt(6));
    }

    private Column column(DataType type, int rows, int shape, int nulls) {
        boolean malformed = type.equals(DataType.VARCHAR) && random.nextInt(8) == 0;
        List<Object> pool = new ArrayList<>();
        int distinct = shape == 0 ? 1 : shape <= 3 ? 1 + random.nextInt(12) : Math.max(1, Math.min(rows, 2_000));
        if (shape >= 8) {
            pool.addAll(values.near(type, distinct));
        } else {
            for (int i = 0; i < distinct; i++) {
                pool.add(malformed ? values.malformed() : values.value(type));
            }
        }
        // What a null row holds is nobody's business: sometimes zero, sometimes a value.
        boolean filled = random.nextBoolean();
        boolean[] isNull = new boolean[rows];
        List<@Nullable Object> list = new ArrayList<>(rows);
        Object current = pool.getFirst();
        boolean present = false;
        for (int row = 0; row < rows; row++) {
            if (shape != 3 || random.nextInt(20) == 0) {
                current = pool.get(random.nextInt(pool.size()));
            }
            isNull[row] = isNull(nulls, row);
            present |= !isNull[row];
            // Only a column that is meant to be has nothing but nulls.
            isNull[row] &= present || nulls == 1 || row < rows - 1;
            list.add(isNull[row] ? filled ? values.value(type) : null : current);
        }
        Column column = ColumnBuilder.of(type, list);
        return filled ? withNulls(column, isNull) : column;
    }

    private boolean isNull(int nulls, int row) {
        return switch (nulls) {
            case ALTERNATING -> row % 2 == 0;
            case 1 -> true;
            case 2, 3, 4 -> random.nextInt(5) == 0;
            default -> false;
        };
    }

    /** Makes rows null and leaves their values where they are; but a text that is null is empty. */
    private static Column withNulls(Column column, boolean[] isNull) {
        ColumnBuilder builder = new ColumnBuilder(column.type(), column.size());
        for (int row = 0; row < isNull.length; row++) {
            builder.append(isNull[row] ? null : column.value(row));
        }
        Column empty = builder.build();
        long @Nullable [] validity = empty.validity();
        return switch (column) {
            case BoolColumn bools -> new BoolColumn(bools.size(), bools.bits(), validity);
            case LongColumn longs -> new LongColumn(longs.type(), longs.size(), longs.values(), validity);
            case Int128Column wide -> new Int128Column(wide.type(), wide.size(), wide.low(), wide.high(), validity);
            case DoubleColumn floats -> new DoubleColumn(floats.type(), floats.size(), floats.values(), validity);
            case BytesColumn bytes -> empty;
        };
    }

    /** A block in an encoding drawn by lot, or in the encoder's own choice where that cannot hold the column. */
    public Block block(Column column) {
        return block(column, ENCODINGS.get(random.nextInt(ENCODINGS.size())));
    }

    /** A block in an encoding, or in the encoder's own choice where that cannot hold the column. */
    public static Block block(Column column, Encoding encoding) {
        return BlockEncoder.supports(column, encoding)
                ? BlockEncoder.encode(column, encoding, Arena.ofAuto())
                : BlockEncoder.encode(column, Arena.ofAuto());
    }

    /** A stripe of columns in any of their encodings. */
    public Stripe stripe(long ordinal, int rows, List<DataType> types) {
        return new Stripe(
                ordinal,
                rows,
                types.stream().map(type -> block(column(type, rows))).toList());
    }

    /** A stripe in which every other row of each column is null. */
    public Stripe stripeOfHalfNulls(long ordinal, int rows, List<DataType> types) {
        return new Stripe(
                ordinal,
                rows,
                types.stream()
                        .map(type -> block(column(type, rows, 1 + random.nextInt(9), ALTERNATING)))
                        .toList());
    }

    /** A stripe whose columns each have the encoding, where their type has it, else any. */
    public Stripe stripe(long ordinal, int rows, List<DataType> types, Encoding encoding) {
        List<Block> blocks = new ArrayList<>();
        for (DataType type : types) {
            blocks.add(
                    encodings(type).contains(encoding)
                            ? block(column(type, rows, encoding), encoding)
                            : block(column(type, rows)));
        }
        return new Stripe(ordinal, rows, blocks);
    }
}
