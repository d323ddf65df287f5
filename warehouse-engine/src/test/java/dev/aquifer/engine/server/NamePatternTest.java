package dev.aquifer.engine.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "%, orders, true",
        "%, '', true",
        "'', '', true",
        "'', a, false",
        "orders, orders, true",
        "orders, Orders, false",
        "o%s, orders, true",
        "o%s, order, false",
        "%e%e%, lineitem, true",
        "%e%e%, region, false",
        "_rders, orders, true",
        "_rders, rders, false",
        "li\\_item, li_item, true",
        "li\\_item, lixitem, false",
        "100\\%, 100%, true",
        "100\\%, 1000, false",
        "a%b_c%, axxbbcd, true",
        "a%b_c%, axxbcd, false",
        "a%b_c%, axxbxcd, true",
    })
    void matchesAsJdbcSays(String pattern, String name, boolean expected) {
        assertEquals(expected, new NamePattern(pattern).matches(name));
    }

    /** A pattern that makes naive matchers take exponential time. */
    @Test
    void runsDoNotExplode() {
        assertEquals(false, new NamePattern("%a".repeat(200) + "b").matches("a".repeat(2_000)));
    }
}
