package dev.aquifer.spi.device;

import dev.aquifer.spi.block.Block;
import java.util.List;

/**
 * The blocks of one stripe that a program reads.
 *
 * @param ordinal the stripe's place in the table, from 0; it orders rows and breaks ties of TopN
 * @param rows rows of the stripe, 1 to 65,536
 * @param columns one block for each of the program's columns, each of {@code rows} rows
 */
public record Stripe(long ordinal, int rows, List<Block> columns) {
    public Stripe {
        columns = List.copyOf(columns);
        for (Block block : columns) {
            if (block.rows() != rows) {
                throw new IllegalArgumentException("a block of " + block.rows() + " rows in a stripe of " + rows);
            }
        }
    }
}
