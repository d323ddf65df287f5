package dev.aquifer.lake.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.error.ErrorCode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LakeConfigTest {
    @Test
    void nothingSetIsAws() {
        LakeConfig config = LakeConfig.of(Map.of());
        assertEquals(LakeConfig.defaults(), config);
        assertNull(config.endpoint());
        assertFalse(config.pathStyle());
    }

    @Test
    void theEnvironmentIsRead() {
        LakeConfig config = LakeConfig.of(Map.of(
                "AQUIFER_S3_ENDPOINT", "http://127.0.0.1:9000 ",
                "AWS_ENDPOINT_URL", "http://elsewhere",
                "AQUIFER_S3_REGION", "eu-central-1",
                "AQUIFER_S3_ACCESS_KEY", "KEY",
                "AQUIFER_S3_SECRET_KEY", "hush"));
        assertEquals("http://127.0.0.1:9000", config.endpoint());
        assertEquals("eu-central-1", config.region());
        assertTrue(config.pathStyle());
        assertEquals("hush", config.secretKey());
        assertFalse(config.toString().contains("hush"), config::toString);
        assertFalse(LakeConfig.of(Map.of("AQUIFER_S3_ENDPOINT", "http://h", "AQUIFER_S3_PATH_STYLE", "no"))
                .pathStyle());
        assertEquals(
                "http://aws",
                LakeConfig.of(Map.of("AWS_ENDPOINT_URL", "http://other", "AWS_ENDPOINT_URL_S3", "http://aws"))
                        .endpoint());
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        Failures.expect(ErrorCode.USAGE, () -> LakeConfig.of(Map.of("AQUIFER_S3_ENDPOINT", "localhost")), "localhost");
        Failures.expect(ErrorCode.USAGE, () -> LakeConfig.of(Map.of("AQUIFER_S3_ENDPOINT", "ftp://h")), "ftp://h");
        Failures.expect(ErrorCode.USAGE, () -> LakeConfig.of(Map.of("AQUIFER_S3_ACCESS_KEY", "K")), "secret key");
        Failures.expect(
                ErrorCode.USAGE,
                () -> LakeConfig.of(Map.of("AQUIFER_S3_PATH_STYLE", "maybe")),
                "AQUIFER_S3_PATH_STYLE");
    }
}
