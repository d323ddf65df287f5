package dev.aquifer.spi.block;

import dev.aquifer.spi.batch.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The distinct values of a column, in the total order that dictionaries are kept in. */
final class DistinctValues {
    /**
     * Value order, with -0.0 before 0.0: they compare equal in SQL, but a block gives back the very bits it was made
     * from.
     */
    static final Comparator<Object> ORDER = (left, right) ->
            left instanceof Double value ? Double.compare(value, (Double) right) : ZoneMaps.compare(left, right);

    private DistinctValues() {}

    static List<Object> of(Column column) {
        Set<Object> seen = new HashSet<>();
        for (int row = 0; row < column.size(); row++) {
            Object value = column.value(row);
            if (value != null) {
                seen.add(value);
            }
        }
        List<Object> values = new ArrayList<>(seen);
        values.sort(ORDER);
        return values;
    }

    /** Where each row's value is among the distinct ones; 0 for nulls. */
    static int[] codes(Column column, List<Object> distinct) {
        Map<Object, Integer> codeOf = new HashMap<>();
        for (Object value : distinct) {
            codeOf.put(value, codeOf.size());
        }
        int[] codes = new int[column.size()];
        for (int row = 0; row < codes.length; row++) {
            Object value = column.value(row);
            codes[row] = value == null ? 0 : Objects.requireNonNull(codeOf.get(value));
        }
        return codes;
    }
}
