package dev.aquifer.demo.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

final class EmbeddedS3Test {
    private static S3Client client(EmbeddedS3 s3, String accessKey, String secretKey) {
        return S3Client.builder()
                .endpointOverride(URI.create(s3.endpoint()))
                .region(Region.of(EmbeddedS3.REGION))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static String get(S3Client client, String key) {
        return client.getObjectAsBytes(r -> r.bucket("bucket").key(key)).asUtf8String();
    }

    @Test
    void putsGetsAndLists(@TempDir Path folder) {
        try (EmbeddedS3 s3 = EmbeddedS3.start(folder);
                S3Client client = s3.newClient()) {
            client.createBucket(r -> r.bucket("bucket"));
            client.putObject(r -> r.bucket("bucket").key("x/year=2024/å.txt"), RequestBody.fromString("hello"));
            assertEquals("hello", get(client, "x/year=2024/å.txt"));
            assertEquals(
                    "ell",
                    client.getObjectAsBytes(r ->
                                    r.bucket("bucket").key("x/year=2024/å.txt").range("bytes=1-3"))
                            .asUtf8String());
            assertEquals(
                    List.of("x/year=2024/å.txt"),
                    client.listObjectsV2(r -> r.bucket("bucket").prefix("x/")).contents().stream()
                            .map(S3Object::key)
                            .toList());
        }
    }

    @Test
    void refusesWrongKeys(@TempDir Path folder) {
        try (EmbeddedS3 s3 = EmbeddedS3.start(folder);
                S3Client right = s3.newClient();
                S3Client wrongSecret = client(s3, s3.accessKey(), "wrong");
                S3Client wrongUser = client(s3, "nobody", s3.secretKey())) {
            right.createBucket(r -> r.bucket("bucket"));
            right.putObject(r -> r.bucket("bucket").key("k"), RequestBody.fromString("secret"));
            S3Exception secret = assertThrows(S3Exception.class, () -> get(wrongSecret, "k"));
            assertEquals(403, secret.statusCode());
            assertEquals("SignatureDoesNotMatch", secret.awsErrorDetails().errorCode());
            assertEquals(
                    403,
                    assertThrows(S3Exception.class, () -> get(wrongUser, "k")).statusCode());
            assertEquals(
                    403,
                    assertThrows(
                                    S3Exception.class,
                                    () -> wrongSecret.putObject(
                                            r -> r.bucket("bucket").key("k"), RequestBody.fromString("no")))
                            .statusCode());
            assertEquals("secret", get(right, "k"));
        }
    }

    @Test
    void aReplacedObjectHasAnotherETagAndIfMatchSeesIt(@TempDir Path folder) {
        try (EmbeddedS3 s3 = EmbeddedS3.start(folder);
                S3Client client = s3.newClient()) {
            client.createBucket(r -> r.bucket("bucket"));
            client.putObject(r -> r.bucket("bucket").key("k"), RequestBody.fromString("one"));
            String before = client.headObject(r -> r.bucket("bucket").key("k")).eTag();
            assertEquals(
                    "one",
                    client.getObjectAsBytes(r -> r.bucket("bucket").key("k").ifMatch(before))
                            .asUtf8String());
            client.putObject(r -> r.bucket("bucket").key("k"), RequestBody.fromString("two"));
            S3Exception changed = assertThrows(
                    S3Exception.class,
                    () -> client.getObjectAsBytes(
                            r -> r.bucket("bucket").key("k").ifMatch(before)));
            assertEquals(412, changed.statusCode());
        }
    }

    @Test
    void keepsObjectsAndETagsOverARestart(@TempDir Path folder) throws IOException {
        String eTag;
        EmbeddedS3 first = EmbeddedS3.start(folder);
        int port = first.port();
        try (first;
                S3Client client = first.newClient()) {
            client.createBucket(r -> r.bucket("bucket"));
            client.putObject(r -> r.bucket("bucket").key("k"), RequestBody.fromString("kept"));
            eTag = client.headObject(r -> r.bucket("bucket").key("k")).eTag();
        }
        // The port is free, so the server did stop.
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertEquals(port, socket.getLocalPort());
        }
        try (EmbeddedS3 second = EmbeddedS3.start(folder, first.accessKey(), first.secretKey(), port);
                S3Client client = first.newClient()) {
            assertEquals(port, second.port());
            assertEquals("kept", get(client, "k"));
            assertEquals(
                    eTag, client.headObject(r -> r.bucket("bucket").key("k")).eTag());
        }
    }

    @Test
    void saysWhereItCannotStart(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("a-file"));
        AquiferException noFolder = assertThrows(AquiferException.class, () -> EmbeddedS3.start(file));
        assertEquals(ErrorCode.STORAGE_UNAVAILABLE, noFolder.code());
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AquiferException taken = assertThrows(
                    AquiferException.class,
                    () -> EmbeddedS3.start(folder.resolve("s3"), "key", "secret", socket.getLocalPort()));
            assertEquals(ErrorCode.STORAGE_UNAVAILABLE, taken.code());
            assertTrue(String.valueOf(taken.getMessage()).contains(":" + socket.getLocalPort()), taken.getMessage());
        }
    }
}
