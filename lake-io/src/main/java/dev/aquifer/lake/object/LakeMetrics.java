package dev.aquifer.lake.object;

import java.util.concurrent.atomic.LongAdder;

/** What a {@link Lake} has asked for since it was opened. Counters only grow. */
public final class LakeMetrics {
    final LongAdder s3Requests = new LongAdder();
    final LongAdder s3Bytes = new LongAdder();
    final LongAdder s3Retries = new LongAdder();
    final LongAdder fileReads = new LongAdder();
    final LongAdder fileBytes = new LongAdder();

    LakeMetrics() {}

    /** The counters now. */
    public Snapshot snapshot() {
        return new Snapshot(s3Requests.sum(), s3Bytes.sum(), s3Retries.sum(), fileReads.sum(), fileBytes.sum());
    }

    /**
     * Counters at one moment.
     *
     * @param s3Requests requests sent to S3, retries included
     * @param s3Bytes bytes of object content received from S3
     * @param s3Retries requests that were sent again
     * @param fileReads reads of local files
     * @param fileBytes bytes read from local files
     */
    public record Snapshot(long s3Requests, long s3Bytes, long s3Retries, long fileReads, long fileBytes) {
        /** Bytes read from wherever the objects live. */
        public long bytes() {
            return s3Bytes + fileBytes;
        }

        /** What was added since an earlier snapshot. */
        public Snapshot since(Snapshot earlier) {
            return new Snapshot(
                    s3Requests - earlier.s3Requests,
                    s3Bytes - earlier.s3Bytes,
                    s3Retries - earlier.s3Retries,
                    fileReads - earlier.fileReads,
                    fileBytes - earlier.fileBytes);
        }
    }
}
