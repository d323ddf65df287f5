package dev.aquifer.demo.tpch;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/** Puts the tables into S3. */
public final class TpchUpload {
    private static final String CONTENT_TYPE = "application/vnd.apache.parquet";

    private TpchUpload() {}

    /**
     * Puts all files under {@code s3://BUCKET/PREFIX/TABLE/}, and makes the bucket where it is missing.
     *
     * @param prefix without a slash at its ends
     * @param progress told the bytes
     * @return the URI of each table, {@code s3://BUCKET/PREFIX/TABLE/}, biggest table first
     * @throws AquiferException STORAGE_UNAVAILABLE where S3 refuses or a file cannot be read
     */
    public static Map<String, String> put(
            TpchLake lake, S3Client s3, String bucket, String prefix, TpchProgress progress) {
        try {
            makeBucket(s3, bucket);
            long expected = 0;
            for (Path file : lake.files()) {
                expected += Files.size(file);
            }
            Reporter reporter = new Reporter(progress, expected);
            for (Path file : lake.files()) {
                String key =
                        prefix + "/" + lake.folder().relativize(file).toString().replace('\\', '/');
                s3.putObject(request -> request.bucket(bucket).key(key), body(file, reporter));
            }
            reporter.end(expected);
        } catch (IOException | UncheckedIOException | SdkException e) {
            throw new AquiferException(
                    ErrorCode.STORAGE_UNAVAILABLE,
                    "TPC-H cannot be put to s3://" + bucket + "/" + prefix + ": " + e.getMessage(),
                    e);
        }
        Map<String, String> tables = new LinkedHashMap<>();
        for (String name : TpchLake.tableNames()) {
            tables.put(name, "s3://" + bucket + "/" + prefix + "/" + name + "/");
        }
        return tables;
    }

    private static void makeBucket(S3Client s3, String bucket) {
        try {
            s3.createBucket(request -> request.bucket(bucket));
        } catch (BucketAlreadyOwnedByYouException e) {
            // As it should be.
        }
    }

    private static RequestBody body(Path file, Reporter reporter) throws IOException {
        return RequestBody.fromContentProvider(() -> open(file, reporter), Files.size(file), CONTENT_TYPE);
    }

    private static InputStream open(Path file, Reporter reporter) {
        try {
            return new CountedStream(Files.newInputStream(file), reporter);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reports what is read. What has to be sent again counts again; the reporter cuts that off. */
    private static final class CountedStream extends FilterInputStream {
        private final Reporter reporter;

        CountedStream(InputStream in, Reporter reporter) {
            super(in);
            this.reporter = reporter;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) {
                reporter.add(1);
            }
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            if (count > 0) {
                reporter.add(count);
            }
            return count;
        }
    }
}
