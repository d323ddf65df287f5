package dev.aquifer.cpu.vector;

import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.type.Physical;

/** What each register of a program depends on: no column, one, or several; and whether it takes reading texts. */
final class ColumnUse {
    private static final int NONE = -1;
    private static final int SEVERAL = -2;

    private final int[] columnOf;
    private final boolean[] readsText;
    private final int[] loadOf;

    ColumnUse(Program program) {
        this.columnOf = new int[program.ops().size()];
        this.readsText = new boolean[columnOf.length];
        this.loadOf = new int[program.columns().size()];
        for (int i = 0; i < columnOf.length; i++) {
            Op op = program.ops().get(i);
            int column = NONE;
            if (op.primitive() == Primitive.LOAD) {
                column = op.index();
                loadOf[column] = i;
            }
            for (int arg : op.args()) {
                int other = columnOf[arg];
                column = column == NONE || column == other ? other : other == NONE ? column : SEVERAL;
                readsText[i] |= readsText[arg] || program.typeOf(arg).physical() == Physical.BYTES;
            }
            columnOf[i] = column;
        }
    }

    /** The one column that a register depends on, or a negative number. */
    int column(int register) {
        return columnOf[register];
    }

    boolean readsText(int register) {
        return readsText[register];
    }

    /** The register that holds a column. */
    int load(int column) {
        return loadOf[column];
    }
}
