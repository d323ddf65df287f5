package dev.aquifer.benchmarks.latency;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The ways to ask that are measured, in the order in which they are shown. */
public enum WayName {
    FRAGMENT,
    PREPARED,
    PREPARED_NEW,
    PREPARED_TCP,
    JDBC,
    TEXT,
    TEXT_NEW;

    /** As users write it, such as {@code prepared-tcp}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Those that are named, or all where none is.
     *
     * @throws AquiferException USAGE where a name is none, with those that are
     */
    public static List<WayName> chosen(List<String> names) {
        List<WayName> all = Arrays.asList(values());
        List<String> known = all.stream().map(WayName::text).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new AquiferException(
                        ErrorCode.USAGE, "there is no way " + name + "; there are " + String.join(", ", known));
            }
        }
        return names.isEmpty()
                ? all
                : all.stream().filter(way -> names.contains(way.text())).toList();
    }
}
