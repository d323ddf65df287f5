package dev.aquifer.cpu.vector;

import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.MemoryReservation;
import dev.aquifer.spi.primitive.Op;

/** One operation of a program, ready to be run over frames. It owns its result register. */
abstract class Operation {
    final Op op;
    final Register out;

    Operation(Op op) {
        this(op, new Register(op.type(), Stripes.VECTOR_ROWS));
    }

    Operation(Op op, Register out) {
        this.op = op;
        this.out = out;
    }

    /** Says who is asked before the bytes of texts that the operation holds grow. */
    void account(MemoryReservation memory) {
        out.account(memory);
    }

    /** Computes the result for all rows of the frame. */
    abstract void run(Frame frame);

    /** Works out, once a stripe, the bounds of the result from those of the arguments. */
    void bound(Frame frame) {
        out.unbounded();
    }

    /** Whether no row of the stripe that {@link #bound} was told of can fail here. */
    boolean isSafe() {
        return false;
    }

    /** The rows of the frame that need a result, and fail the execution where they have none. */
    final long[] active(Frame frame) {
        return frame.active(op.mask());
    }
}
