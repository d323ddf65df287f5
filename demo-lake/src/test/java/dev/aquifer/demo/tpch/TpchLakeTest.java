package dev.aquifer.demo.tpch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TpchLakeTest {
    private static final BigDecimal SMALL = new BigDecimal("0.001");

    @Test
    void keepsWhatIsCompleteAndReplacesWhatIsNot(@TempDir Path cache) throws IOException {
        TpchLake first = TpchLake.cached(cache, SMALL, TpchProgress.none());
        assertEquals(cache.resolve("tpch-0.001"), first.folder());
        Path nation = first.folder().resolve("nation/part-00000.parquet");
        byte[] bytes = Files.readAllBytes(nation);
        FileTime written = Files.getLastModifiedTime(nation);

        List<Long> progress = new ArrayList<>();
        TpchLake.cached(cache, SMALL, (done, expected) -> progress.add(done));
        assertEquals(List.of(), progress, "nothing to generate the second time");
        assertEquals(written, Files.getLastModifiedTime(nation));

        Files.write(nation, new byte[] {'P', 'A', 'R', '1'});
        TpchLake.cached(cache, SMALL, (done, expected) -> progress.add(done));
        assertFalse(progress.isEmpty(), "a truncated file makes it generate again");
        assertEquals(-1, mismatch(bytes, Files.readAllBytes(nation)), "the same scale gives the same bytes");

        Files.delete(nation);
        TpchLake.cached(cache, SMALL, TpchProgress.none());
        assertTrue(Files.exists(nation), "a missing file makes it generate again");
    }

    private static int mismatch(byte[] a, byte[] b) {
        return Arrays.mismatch(a, b);
    }

    @Test
    void removesWhatAKilledProcessLeft(@TempDir Path cache) throws IOException {
        Path left = Files.createDirectories(cache.resolve("tpch-0.001.new/lineitem"));
        Files.write(left.resolve("part-00077.parquet"), new byte[1000]);
        TpchLake lake = TpchLake.cached(cache, SMALL, TpchProgress.none());
        assertFalse(Files.exists(lake.folder().resolve("lineitem/part-00077.parquet")));
        assertFalse(Files.exists(cache.resolve("tpch-0.001.new")));
    }

    @Test
    void oneOfSeveralThreadsGenerates(@TempDir Path cache) throws InterruptedException {
        List<Long> starts = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                TpchLake.cached(cache, SMALL, (done, expected) -> {
                    if (done == 0) {
                        starts.add(expected);
                    }
                });
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(1, starts.size());
    }

    @Test
    void tellsProgressThatNeverFallsAndEndsWithTheTruth(@TempDir Path folder) {
        List<long[]> calls = new ArrayList<>();
        TpchLake.generate(folder, SMALL, (done, expected) -> calls.add(new long[] {done, expected}));
        assertEquals(0, calls.getFirst()[0]);
        for (int i = 1; i < calls.size(); i++) {
            assertTrue(calls.get(i)[0] >= calls.get(i - 1)[0]);
            assertTrue(calls.get(i)[0] <= calls.get(i)[1]);
        }
        // 5 + 25 + 10 + 200 + 800 + 150 + 1500 rows, and 6005 of lineitem.
        assertEquals(8695, calls.getLast()[0]);
        assertEquals(8695, calls.getLast()[1]);
    }

    @Test
    void listsTablesBiggestFirst(@TempDir Path folder) {
        TpchLake lake = TpchLake.generate(folder, SMALL, TpchProgress.none());
        Map<String, Path> tables = lake.tables();
        assertEquals(
                List.of("lineitem", "orders", "partsupp", "customer", "part", "supplier", "nation", "region"),
                List.copyOf(tables.keySet()));
        assertEquals(8, lake.files().size());
    }

    @Test
    void manyFilesWhereTheTableIsBig() {
        assertEquals(1, TpchSchema.TABLES.getFirst().files(0.1));
        assertEquals(4, TpchSchema.TABLES.getFirst().files(1));
        assertEquals(40, TpchSchema.TABLES.getFirst().files(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "-1", "0.0009", "1001", "1e9", "NaN"})
    void refusesWhatIsNoScale(String text) {
        AquiferException e = assertThrows(AquiferException.class, () -> TpchLake.scale(text));
        assertEquals(ErrorCode.USAGE, e.code());
        assertTrue(String.valueOf(e.getMessage()).contains("from 0.001 to 1000"), e.getMessage());
    }

    @Test
    void scalesHaveOneSpelling() {
        assertEquals("0.1", TpchLake.scale("0.10").toPlainString());
        assertEquals("10", TpchLake.scale("1e1").toPlainString());
        assertEquals("100", TpchLake.scale("100.0").toPlainString());
    }

    @Test
    void saysWhereItCannotWrite(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("a-file"));
        AquiferException e =
                assertThrows(AquiferException.class, () -> TpchLake.cached(file, SMALL, TpchProgress.none()));
        assertEquals(ErrorCode.STORAGE_UNAVAILABLE, e.code());
        assertTrue(String.valueOf(e.getMessage()).contains(file.toString()), e.getMessage());
    }
}
