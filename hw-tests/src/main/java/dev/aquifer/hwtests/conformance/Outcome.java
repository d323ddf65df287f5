package dev.aquifer.hwtests.conformance;

import dev.aquifer.spi.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an execution gave. */
sealed interface Outcome {
    /** An error that a user sees. */
    record Failed(ErrorCode code, String message) implements Outcome {}

    /** Something no device may do, as an exception without a code. */
    record Broken(String what) implements Outcome {}

    /**
     * Rows of boxed physical values.
     *
     * @param keys how many first columns are the key of an unordered result, or -1 for an ordered one
     */
    record Rows(int keys, List<List<@Nullable Object>> rows) implements Outcome {}

    /**
     * Where two results differ, or null where they are the same, bit for bit but for the payload of NaNs, whose equality is
     * that of {@link Double#equals}.
     */
    static @Nullable String difference(Rows expected, Rows actual) {
        List<List<@Nullable Object>> wanted = expected.rows;
        List<List<@Nullable Object>> given = expected.keys < 0 ? actual.rows : inOrderOf(expected, actual);
        for (int i = 0; i < Math.min(wanted.size(), given.size()); i++) {
            if (!wanted.get(i).equals(given.get(i))) {
                return "row " + i + " is " + given.get(i) + ", not " + wanted.get(i);
            }
        }
        if (wanted.size() != given.size()) {
            List<List<@Nullable Object>> longer = wanted.size() > given.size() ? wanted : given;
            return given.size() + " rows, not " + wanted.size() + "; the first without partner is "
                    + longer.get(Math.min(wanted.size(), given.size()));
        }
        return null;
    }

    /** Groups come in any order: those that are expected in the order of the expected, then all others. */
    private static List<List<@Nullable Object>> inOrderOf(Rows expected, Rows actual) {
        Map<List<@Nullable Object>, List<List<@Nullable Object>>> byKey = new HashMap<>();
        for (List<@Nullable Object> row : actual.rows) {
            byKey.computeIfAbsent(row.subList(0, expected.keys), key -> new ArrayList<>())
                    .add(row);
        }
        List<List<@Nullable Object>> ordered = new ArrayList<>();
        for (List<@Nullable Object> row : expected.rows) {
            List<List<@Nullable Object>> found = byKey.get(row.subList(0, expected.keys));
            if (found != null && !found.isEmpty()) {
                ordered.add(Objects.requireNonNull(found.removeFirst()));
            }
        }
        byKey.values().forEach(ordered::addAll);
        return ordered;
    }
}
