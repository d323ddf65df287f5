package dev.aquifer.hwtests.generate;

import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
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

    private final Random random;
    private final RandomValues values;

    public RandomColumns(Random random) {
        this.random = random;
        this.values = new RandomValues(random);
    }

    /** A column: constant, of few values, in runs, or of any values; without nulls, with some, alternating, or of nulls. */
    public Column column(DataType type, int rows) {
        int shape = random.nextInt(8);
        int nulls = random.nextInt(8);
        boolean malformed = type.equals(DataType.VARCHAR) && random.nextInt(8) == 0;
        List<Object> pool = new ArrayList<>();
        int distinct = shape == 0 ? 1 : shape <= 3 ? 1 + random.nextInt(12) : Math.max(1, Math.min(rows, 2_000));
        for (int i = 0; i < distinct; i++) {
            pool.add(malformed ? values.malformed() : values.value(type));
        }
        List<@Nullable Object> list = new ArrayList<>(rows);
        Object current = pool.getFirst();
        for (int row = 0; row < rows; row++) {
            if (shape != 3 || random.nextInt(20) == 0) {
                current = pool.get(random.nextInt(pool.size()));
            }
            list.add(isNull(nulls, row) ? null : current);
        }
        return ColumnBuilder.of(type, list);
    }

    private boolean isNull(int nulls, int row) {
        return switch (nulls) {
            case 0 -> row % 2 == 0;
            case 1 -> true;
            case 2, 3, 4 -> random.nextInt(5) == 0;
            default -> false;
        };
    }

    /** A block in an encoding drawn by lot, or in the encoder's own choice where that cannot hold the column. */
    public Block block(Column column) {
        Encoding encoding = ENCODINGS.get(random.nextInt(ENCODINGS.size()));
        return BlockEncoder.supports(column, encoding)
                ? BlockEncoder.encode(column, encoding, Arena.ofAuto())
                : BlockEncoder.encode(column, Arena.ofAuto());
    }

    /** A stripe of given columns. */
    public Stripe stripe(long ordinal, int rows, List<Column> columns) {
        return new Stripe(ordinal, rows, columns.stream().map(this::block).toList());
    }
}
