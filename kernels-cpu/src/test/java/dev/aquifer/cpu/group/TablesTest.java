package dev.aquifer.cpu.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aquifer.spi.device.MemoryBudget;
import dev.aquifer.spi.device.MemoryReservation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Numbers of keys in order of their coming, against a map's: keys that come twice in one vector, meet in a slot, or are 0. */
final class TablesTest {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());
    private static final int ROWS = 1024;

    private final Random random = new Random(SEED);
    private final MemoryReservation memory = new MemoryReservation(MemoryBudget.UNBOUNDED);

    private List<LongSupplier> domains() {
        return List.of(
                () -> 0,
                () -> random.nextLong(3),
                () -> random.nextLong(1_500),
                () -> random.nextLong(40_000) << 40,
                random::nextLong);
    }

    /** Every second row, as a filter leaves them. */
    private static int[] rows() {
        int[] rows = new int[ROWS / 2];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = 2 * i + 1;
        }
        return rows;
    }

    @Test
    void keysOfOneWord() {
        for (LongSupplier domain : domains()) {
            LongTable table = new LongTable(5, memory);
            Map<Long, Integer> expected = new HashMap<>();
            long[] keys = new long[ROWS];
            int[] groups = new int[ROWS];
            int[] rows = rows();
            for (int round = 0; round < 100; round++) {
                for (int row : rows) {
                    keys[row] = domain.getAsLong();
                }
                table.find(keys, rows, rows.length, groups);
                for (int row : rows) {
                    int number = expected.computeIfAbsent(keys[row], _ -> 5 + expected.size());
                    assertEquals(number, groups[row], "seed " + SEED + ", round " + round + ", row " + row);
                    assertEquals(keys[row], table.key(number));
                }
            }
            assertEquals(5 + expected.size(), table.size());
        }
    }

    @Test
    void keysOfManyWords() {
        for (LongSupplier domain : domains()) {
            GroupTable table = new GroupTable(3, memory);
            Map<List<Long>, Integer> expected = new HashMap<>();
            long[][] keys = new long[3][ROWS];
            long[] hashes = new long[ROWS];
            int[] groups = new int[ROWS];
            int[] rows = rows();
            for (int round = 0; round < 100; round++) {
                for (int row : rows) {
                    keys[0][row] = random.nextInt(2);
                    keys[1][row] = domain.getAsLong();
                    keys[2][row] = -keys[1][row];
                }
                table.hash(keys, rows, rows.length, hashes);
                table.find(keys, hashes, rows, rows.length, groups);
                for (int row : rows) {
                    List<Long> key = List.of(keys[0][row], keys[1][row], keys[2][row]);
                    int number = expected.computeIfAbsent(key, _ -> expected.size());
                    assertEquals(number, groups[row], "seed " + SEED + ", round " + round + ", row " + row);
                    assertEquals(keys[1][row], table.word(number, 1));
                }
            }
            assertEquals(expected.size(), table.size());
        }
    }

    @Test
    void setBitsAreFoundInOrder() {
        GroupBits bits = new GroupBits(memory);
        int size = 1_000;
        bits.reserve(size);
        List<Integer> expected =
                random.ints(60, 0, size).boxed().distinct().sorted().toList();
        expected.forEach(bits::set);
        for (int from : new int[] {0, 63, 64, 500, size}) {
            for (int to : new int[] {0, 64, 65, 511, size}) {
                List<Integer> found = new ArrayList<>();
                for (int bit = bits.next(from, to); bit < to; bit = bits.next(bit + 1, to)) {
                    found.add(bit);
                }
                assertEquals(
                        expected.stream().filter(bit -> bit >= from && bit < to).toList(), found, "seed " + SEED);
            }
        }
    }
}
