package dev.aquifer.spi.device;

import java.util.List;

/**
 * The answer to "can you run this".
 *
 * @param reasons one line for each operation that cannot run, as {@code r3 LIKE: patterns over 64 bytes}; empty if all can
 */
public record Support(List<String> reasons) {
    public static final Support YES = new Support(List.of());

    public Support {
        reasons = List.copyOf(reasons);
    }

    public boolean supported() {
        return reasons.isEmpty();
    }
}
