package dev.aquifer.service.tenant;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.service.metrics.NodeMetrics;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be read where the owner said nothing, something, or something that makes no sense. */
final class ReadAccessTest {
    private static final String FILE = "file:///mnt/lake/t.parquet";
    private static final String OBJECT = "s3://lake/t.parquet";

    private static void allowed(ReadAccess access, String uri) {
        assertDoesNotThrow(() -> access.check(Tenant.DEFAULT, Set.of(uri)), uri);
    }

    private static void refused(ReadAccess access, String uri) {
        AquiferException error =
                assertThrows(AquiferException.class, () -> access.check(Tenant.DEFAULT, Set.of(uri)), uri);
        assertEquals(ErrorCode.PERMISSION_DENIED, error.code());
    }

    private static ReadAccess access(boolean othersReachIt, String... locations) {
        return ReadAccess.of(
                locations.length == 0 ? Locations.EVERYWHERE : Locations.of(List.of(locations)),
                othersReachIt,
                new NodeMetrics());
    }

    @Test
    void withoutAListTheDiskIsForThisMachineOnly() {
        allowed(access(false), FILE);
        allowed(access(false), OBJECT);
        refused(access(true), FILE);
        allowed(access(true), OBJECT);
    }

    @Test
    void aListIsAllThatMayBeRead() {
        for (boolean othersReachIt : new boolean[] {false, true}) {
            refused(access(othersReachIt, "s3://lake"), FILE);
            allowed(access(othersReachIt, "s3://lake"), OBJECT);
            refused(access(othersReachIt, "/mnt/lake"), OBJECT);
            allowed(access(othersReachIt, "/mnt/lake"), FILE);
            allowed(access(othersReachIt, "s3://", "file:///"), FILE);
            allowed(access(othersReachIt, "s3://", "/"), OBJECT);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:/mnt/lake/t.parquet",
                "file://mnt/lake/t.parquet",
                "file://localhost/mnt/lake/t.parquet",
                "file://~/t.parquet",
                "FILE:///mnt/lake/t.parquet",
                "/mnt/lake/t.parquet",
                "S3://lake/t.parquet",
                "s3a://lake/t.parquet",
                "s3://lake",
                "http://lake/t.parquet",
                ""
            })
    void namesOfOtherFormsAreNowhere(String uri) {
        refused(access(false, "/mnt/lake", "s3://lake"), uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "data",
                "~/data",
                "../data",
                "file://data",
                "file:/data",
                "http://x/y",
                "s3:/lake",
                "S3://lake",
                "s3a://lake",
                "s3:///data",
                "s3://lake/*",
                "/mnt/*/x",
                "s3://lake/a/../b",
                "/mnt/\0"
            })
    void locationsThatAreNone(String text) {
        AquiferException error = assertThrows(AquiferException.class, () -> Locations.of(List.of(text)));
        assertEquals(ErrorCode.USAGE, error.code());
        assertTrue(String.valueOf(error.getMessage()).contains("'" + text + "'"), error.getMessage());
    }
}
