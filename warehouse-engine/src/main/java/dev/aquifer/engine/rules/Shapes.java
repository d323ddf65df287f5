package dev.aquifer.engine.rules;

import dev.aquifer.spi.fragment.Terminal;

/** Words for what a fragment ends with. */
final class Shapes {
    private Shapes() {}

    static String word(Terminal terminal) {
        return switch (terminal) {
            case Terminal.Rows rows -> rows.limit() < 0 ? "scan" : "limit";
            case Terminal.Aggregate aggregate -> "aggregation";
            case Terminal.TopN top -> "top-n";
        };
    }
}
