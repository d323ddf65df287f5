package dev.aquifer.demo.s3;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An S3 server in this process: a random port of 127.0.0.1, signatures (SigV4) checked, objects kept as files in a folder.
 * What was stored stays there, so a server started later on the same folder serves it again, with the same ETags.
 */
public final class EmbeddedS3 implements AutoCloseable {
    /** The region that clients should sign for; the server takes any. */
    public static final String REGION = "us-east-1";

    private final S3Proxy server;
    private final FilesystemNio2BlobStore store;
    private final String accessKey;
    private final String secretKey;
    private final String endpoint;

    private EmbeddedS3(S3Proxy server, FilesystemNio2BlobStore store, String accessKey, String secretKey) {
        this.server = server;
        this.store = store;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.endpoint = "http://127.0.0.1:" + server.getPort();
    }

    /**
     * Starts a server with random keys; it answers when this returns.
     *
     * @param folder where objects are kept, one folder a bucket; made where it is missing
     * @throws AquiferException STORAGE_UNAVAILABLE where the folder cannot be used or no port can be had
     */
    public static EmbeddedS3 start(Path folder) {
        byte[] random = new byte[30];
        new SecureRandom().nextBytes(random);
        HexFormat hex = HexFormat.of();
        return start(
                folder, "AQ" + hex.formatHex(random, 0, 9).toUpperCase(Locale.ROOT), hex.formatHex(random, 10, 30), 0);
    }

    /**
     * Starts a server with keys and a port of the caller's choice: what a test needs to take a server away and bring it back.
     *
     * @param port a port of 127.0.0.1, or 0 for any that is free
     * @throws AquiferException STORAGE_UNAVAILABLE where the folder or the port cannot be used
     */
    public static EmbeddedS3 start(Path folder, String accessKey, String secretKey, int port) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new AquiferException(
                    ErrorCode.STORAGE_UNAVAILABLE, "the S3 server cannot use folder " + folder + ": " + e, e);
        }
        FilesystemNio2BlobStore store =
                new FilesystemNio2BlobStore(folder.toAbsolutePath().toString());
        S3Proxy server = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
                // Clients that do not sign in chunks send a whole object as one request.
                .v4MaxNonChunkedRequestSize(512L << 20)
                .build();
        try {
            server.start();
            // The interface of the library.
        } catch (Exception e) {
            store.close();
            throw new AquiferException(
                    ErrorCode.STORAGE_UNAVAILABLE, "the S3 server does not start on 127.0.0.1:" + port + ": " + e, e);
        }
        return new EmbeddedS3(server, store, accessKey, secretKey);
    }

    /** Such as {@code http://127.0.0.1:40123}; clients must use path-style addresses. */
    public String endpoint() {
        return endpoint;
    }

    public int port() {
        return server.getPort();
    }

    public String accessKey() {
        return accessKey;
    }

    public String secretKey() {
        return secretKey;
    }

    /** A client with the right keys, to put objects there; the caller closes it. */
    public S3Client newClient() {
        return S3Client.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.of(REGION))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** Stops the server: its port is free afterwards, requests under way are cut off. The objects stay. */
    @Override
    public void close() {
        try {
            server.stop();
            // The interface of the library.
        } catch (Exception e) {
            throw new UncheckedIOException(new IOException("the S3 server on " + endpoint + " does not stop", e));
        } finally {
            store.close();
        }
    }
}
