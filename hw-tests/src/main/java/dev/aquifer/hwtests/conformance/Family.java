package dev.aquifer.hwtests.conformance;

import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.primitive.Sink;
import java.util.Locale;

/** What a case is about, as people who read a summary call it. */
final class Family {
    static final String CONTRACT = "contract";
    static final String RANDOM = "random fragments";

    private Family() {}

    /** How the program ends where that is more than handing on all rows, else the family of its last primitive. */
    static String of(Program program) {
        return switch (program.sink()) {
            case Sink.Aggregate aggregate -> "aggregate";
            case Sink.TopN top -> "top-n";
            case Sink.Rows rows when rows.limit() >= 0 -> "limit";
            case Sink.Rows rows -> last(program).name().toLowerCase(Locale.ROOT);
        };
    }

    /** Operands come before what uses them, so the last that is no input is what the case was made for. */
    private static Primitive.Family last(Program program) {
        Primitive.Family last = Primitive.Family.INPUT;
        for (Op op : program.ops()) {
            if (op.primitive().family() != Primitive.Family.INPUT) {
                last = op.primitive().family();
            }
        }
        return last;
    }
}
