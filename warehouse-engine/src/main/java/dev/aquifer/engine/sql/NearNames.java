package dev.aquifer.engine.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/** Names that somebody may have meant. */
final class NearNames {
    private static final int SHOWN = 3;

    private NearNames() {}

    /** "; did you mean a or b?", or an empty text where nothing is near. */
    static String hint(String wrong, Collection<String> known) {
        String name = wrong.toLowerCase(Locale.ROOT);
        List<String> near = new ArrayList<>();
        for (String candidate : new LinkedHashSet<>(known)) {
            if (distance(name, candidate.toLowerCase(Locale.ROOT))
                            <= (name.length() <= 2 ? 1 : Math.max(2, name.length() / 3))
                    || name.length() >= 3 && candidate.toLowerCase(Locale.ROOT).contains(name)) {
                near.add(candidate);
            }
        }
        near.sort(Comparator.comparingInt((String candidate) -> distance(name, candidate.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
        if (near.isEmpty()) {
            return "";
        }
        return "; did you mean " + String.join(" or ", near.subList(0, Math.min(SHOWN, near.size()))) + "?";
    }

    /** Edits (insert, delete, replace) from one text to the other. */
    static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
