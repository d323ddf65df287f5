package dev.aquifer.cli.sql;

import dev.aquifer.cli.output.ByteSize;
import dev.aquifer.cli.output.Durations;
import dev.aquifer.cli.output.Escapes;
import dev.aquifer.cli.output.TextTable;
import dev.aquifer.engine.execute.AccessStats;
import dev.aquifer.engine.session.QueryStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a query cost, for {@code --stats}. */
final class StatsText {
    private static final List<String> NAMES = List.of(
            "table",
            "ran",
            "stripes",
            "pruned",
            "lake",
            "ssd",
            "memory",
            "wire",
            "columns",
            "rows in",
            "rows out",
            "programs");
    private static final List<Boolean> RIGHT =
            List.of(false, false, true, true, true, true, true, true, true, true, true, false);

    private StatsText() {}

    static String of(QueryStats stats) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%d %s; planned in %s, ran in %s%n",
                stats.rows(),
                stats.rows() == 1 ? "row" : "rows",
                Durations.text(stats.planning()),
                Durations.text(stats.execution())));
        if (stats.accesses().isEmpty()) {
            return text.toString();
        }
        List<List<String>> rows = new ArrayList<>();
        for (AccessStats access : stats.accesses()) {
            rows.add(row(access));
        }
        text.append(TextTable.of(NAMES, RIGHT, rows));
        for (AccessStats access : stats.accesses()) {
            if (!access.note().isEmpty()) {
                text.append(access.table())
                        .append(": ")
                        .append(Escapes.visible(access.note()))
                        .append(System.lineSeparator());
            }
        }
        return text.toString();
    }

    private static List<String> row(AccessStats access) {
        return List.of(
                access.table(),
                (access.pushed() ? "pushed, " : "pulled, ") + access.device(),
                String.valueOf(access.stripesTotal()),
                String.valueOf(access.stripesPruned()),
                ByteSize.text(access.lakeBytes()),
                ByteSize.text(access.ssdBytes()),
                ByteSize.text(access.memoryBytes()),
                ByteSize.text(access.wireBytes()),
                ByteSize.text(access.columnBytes()),
                String.valueOf(access.rowsScanned()),
                String.valueOf(access.rowsReturned()),
                programs(access));
    }

    /** How many of the programs that nodes ran were compiled already. */
    private static String programs(AccessStats access) {
        return access.programs() == 0 ? "" : access.programHits() + " of " + access.programs() + " cached";
    }
}
