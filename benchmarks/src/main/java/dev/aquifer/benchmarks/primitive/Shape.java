package dev.aquifer.benchmarks.primitive;

import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.block.Block;
import dev.aquifer.spi.block.BlockEncoder;
import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.type.DataType;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/**
 * How a column looks.
 *
 * @param values the physical value of each code
 * @param nulls how many of the rows are null, 0 to 1
 */
record Shape(DataType type, Encoding encoding, Codes codes, LongFunction<Object> values, double nulls) {
    /** Rows of a run, on average. */
    private static final int RUN = 64;

    Shape withNulls(double share) {
        return new Shape(type, encoding, codes, values, share);
    }

    /** Bits of a code where blocks hold codes, else -1. */
    int bits() {
        return switch (encoding) {
            case PACKED, DICTIONARY -> codes.width();
            case CONSTANT, RUN_LENGTH, PLAIN -> -1;
        };
    }

    Expr column(int index) {
        return new Expr.ColumnRef(index, type);
    }

    Expr literal(long code) {
        return new Expr.Literal(type, values.apply(code));
    }

    /** A block of random rows, in memory that is freed when nobody refers to it. */
    Block block(int rows, SplittableRandom random) {
        Column column = column(rows, random);
        Block chosen = BlockEncoder.encode(column, Arena.ofAuto());
        return chosen.encoding() == encoding ? chosen : BlockEncoder.encode(column, encoding, Arena.ofAuto());
    }

    private Column column(int rows, SplittableRandom random) {
        ColumnBuilder builder = new ColumnBuilder(type, rows);
        long code = 0;
        int left = 0;
        for (int row = 0; row < rows; row++) {
            if (left == 0) {
                code = codes.draw(row, random);
                left = encoding == Encoding.RUN_LENGTH ? random.nextInt(1, 2 * RUN) : 1;
            }
            left--;
            // The first two rows hold the borders of the column.
            boolean isNull = nulls > 0 && row > 1 && random.nextDouble() < nulls;
            builder.append(isNull ? null : values.apply(code));
        }
        return builder.build();
    }
}
