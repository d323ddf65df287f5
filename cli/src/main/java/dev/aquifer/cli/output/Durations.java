package dev.aquifer.cli.output;

import java.time.Duration;
import java.util.Locale;

/** Times as people read them. */
public final class Durations {
    private Durations() {}

    /** Such as {@code 3.2 ms}, {@code 148 ms}, {@code 1.94 s}, {@code 2 min 5 s}. */
    public static String text(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        if (millis < 9.995) {
            return String.format(Locale.ROOT, "%.1f ms", millis);
        }
        if (millis < 999.5) {
            return String.format(Locale.ROOT, "%.0f ms", millis);
        }
        if (millis < 9_995) {
            return String.format(Locale.ROOT, "%.2f s", millis / 1000);
        }
        if (millis < 99_950) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000);
        }
        long seconds = Math.round(millis / 1000);
        return seconds / 60 + " min " + seconds % 60 + " s";
    }
}
