package dev.aquifer.hwtests.command;

import dev.aquifer.cli.output.Escapes;
import dev.aquifer.cli.output.TextTable;
import dev.aquifer.hwtests.conformance.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results of a run: counted by family, reasons counted by reason, failures as they are. */
final class Summary {
    private static final List<String> COLUMNS = List.of("family", "cases", "passed", "not supported", "failed");
    private static final List<Boolean> RIGHT = List.of(false, true, true, true, true);
    /** Failures that are shown whole; of more, the names. */
    private static final int SHOWN_FAILURES = 5;

    private final Map<String, Count> families = new LinkedHashMap<>();
    private final Count total = new Count();
    private final Map<String, Integer> reasons = new LinkedHashMap<>();
    private final List<Line> failures = new ArrayList<>();

    private static final class Count {
        private int passed;
        private int unsupported;
        private int failed;

        void add(Line.Status status) {
            switch (status) {
                case PASSED -> passed++;
                case UNSUPPORTED -> unsupported++;
                case FAILED -> failed++;
            }
        }

        int cases() {
            return passed + unsupported + failed;
        }

        List<String> row(String family) {
            return List.of(
                    family,
                    String.valueOf(cases()),
                    String.valueOf(passed),
                    String.valueOf(unsupported),
                    String.valueOf(failed));
        }
    }

    void add(Line line) {
        families.computeIfAbsent(line.family(), family -> new Count()).add(line.status());
        total.add(line.status());
        switch (line.status()) {
            case PASSED -> {
                // Counted above.
            }
            case UNSUPPORTED -> reasons.merge(line.detail(), 1, Integer::sum);
            case FAILED -> failures.add(line);
        }
    }

    int cases() {
        return total.cases();
    }

    /** The table, why what is not supported is not, and the failures. */
    String text() {
        List<List<String>> rows = new ArrayList<>();
        families.forEach((family, count) -> rows.add(count.row(family)));
        rows.add(total.row("all"));
        StringBuilder text = new StringBuilder(TextTable.of(COLUMNS, RIGHT, rows));
        reasons.forEach((reason, cases) -> text.append("\nnot supported, ")
                .append(cases)
                .append(cases == 1 ? " case: " : " cases: ")
                .append(Escapes.visible(reason)));
        text.append(reasons.isEmpty() ? "" : "\n");
        for (Line failure : failures.subList(0, Math.min(SHOWN_FAILURES, failures.size()))) {
            text.append("\nFAILED ")
                    .append(failure.family())
                    .append(": ")
                    .append(failure.name())
                    .append('\n')
                    .append(Escapes.visibleLines(failure.detail()).indent(4));
        }
        for (Line failure : failures.subList(Math.min(SHOWN_FAILURES, failures.size()), failures.size())) {
            text.append("\nalso FAILED ").append(failure.family()).append(": ").append(failure.name());
        }
        text.append(failures.size() > SHOWN_FAILURES ? "\n" : "");
        return text.toString();
    }
}
