package dev.aquifer.service.server;

import dev.aquifer.lake.object.LakeConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A real S3 server in this process, with signatures checked, and a client to put objects there. */
final class TestS3 implements AutoCloseable {
    private static final String ACCESS_KEY = "TESTACCESS";
    private static final String SECRET_KEY = "test-secret";

    private final S3Proxy server;
    private final FilesystemNio2BlobStore store;
    private final S3Client client;

    private TestS3(S3Proxy server, FilesystemNio2BlobStore store) {
        this.server = server;
        this.store = store;
        this.client = S3Client.builder()
                .endpointOverride(URI.create(endpoint()))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    static TestS3 start(Path folder) throws Exception {
        FilesystemNio2BlobStore store =
                new FilesystemNio2BlobStore(folder.toAbsolutePath().toString());
        S3Proxy server = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .v4MaxNonChunkedRequestSize(256L << 20)
                .build();
        server.start();
        return new TestS3(server, store);
    }

    private String endpoint() {
        return "http://127.0.0.1:" + server.getPort();
    }

    LakeConfig config() {
        return config(SECRET_KEY);
    }

    LakeConfig config(String secret) {
        return LakeConfig.defaults()
                .withEndpoint(endpoint(), ACCESS_KEY, secret)
                .withRetries(2, Duration.ofMillis(20))
                .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(10));
    }

    void bucket(String name) {
        client.createBucket(request -> request.bucket(name));
    }

    void put(String bucket, String key, Path file) {
        client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(file));
    }

    void stop() {
        try {
            server.stop();
        } catch (Exception e) { // what the library's method says
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        stop();
        store.close();
    }
}
