package dev.aquifer.engine.testing;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A comparison that never finds anything would let every other test pass. */
final class SameRowsTest {
    @Test
    void findsWhatDiffers() {
        assertDiffers(List.of("1"), List.of(2));
        assertDiffers(List.of("1.00"), List.of(new BigDecimal("1.01")));
        assertDiffers(List.of("a"), List.of("A"));
        assertDiffers(Arrays.asList((String) null), List.of(""));
        assertDiffers(List.of("1.00000000001"), List.of(1.0));
        assertNotNull(SameRows.difference(List.of(List.of("1")), List.of(List.of(1), List.of(1))));
        assertNotNull(SameRows.difference(List.of(List.of("1"), List.of("2")), List.of(List.of(1), List.of(1))));
    }

    @Test
    void seesTheSameInOtherOrdersAndForms() {
        assertNull(SameRows.difference(List.of(List.of("2"), List.of("1.0")), List.of(List.of(1), List.of(2))));
        assertNull(SameRows.difference(
                List.of(Arrays.asList(null, "1.0000000000000002")), List.of(Arrays.asList(null, 1.0))));
    }

    private static void assertDiffers(List<@Nullable String> ours, List<@Nullable Object> theirs) {
        assertNotNull(SameRows.difference(List.of(ours), List.of(theirs)), ours + " and " + theirs);
    }
}
