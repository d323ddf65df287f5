package dev.aquifer.demo.tpch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.demo.s3.EmbeddedS3;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

final class TpchUploadTest {
    @Test
    void takesTheTables(@TempDir Path folder) throws IOException {
        TpchLake lake = TpchLake.generate(folder.resolve("tpch"), new BigDecimal("0.001"), TpchProgress.none());
        try (EmbeddedS3 s3 = EmbeddedS3.start(folder.resolve("s3"));
                S3Client client = s3.newClient()) {
            List<Long> progress = new ArrayList<>();
            Map<String, String> tables =
                    TpchUpload.put(lake, client, "lake", "tpch", (done, expected) -> progress.add(done));
            assertEquals("s3://lake/tpch/lineitem/", tables.get("lineitem"));
            assertEquals(8, tables.size());
            long bytes = 0;
            for (Path file : lake.files()) {
                bytes += Files.size(file);
                String key = "tpch/" + lake.folder().relativize(file);
                assertArrayEquals(
                        Files.readAllBytes(file),
                        client.getObjectAsBytes(r -> r.bucket("lake").key(key)).asByteArray(),
                        key);
            }
            assertEquals(bytes, progress.getLast());
            // A second time: the bucket is there.
            TpchUpload.put(lake, client, "lake", "tpch", TpchProgress.none());
        }
    }

    @Test
    void saysWhereS3DoesNotAnswer(@TempDir Path folder) {
        TpchLake lake = TpchLake.generate(folder.resolve("tpch"), new BigDecimal("0.001"), TpchProgress.none());
        EmbeddedS3 s3 = EmbeddedS3.start(folder.resolve("s3"));
        try (S3Client client = s3.newClient()) {
            s3.close();
            AquiferException e = assertThrows(
                    AquiferException.class, () -> TpchUpload.put(lake, client, "lake", "tpch", TpchProgress.none()));
            assertEquals(ErrorCode.STORAGE_UNAVAILABLE, e.code());
            assertTrue(String.valueOf(e.getMessage()).contains("s3://lake/tpch"), e.getMessage());
        }
    }
}
