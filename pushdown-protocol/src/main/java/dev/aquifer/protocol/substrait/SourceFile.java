package dev.aquifer.protocol.substrait;

/**
 * A file as plain Substrait names it: by URI and byte range, without version. It stands for the row groups whose first byte
 * lies in the range, in the version the node finds.
 *
 * @param uri {@code s3://bucket/key} or {@code file:///absolute/path}
 * @param start first byte of the range
 * @param length bytes of the range; 0 for all up to the end of the file
 */
public record SourceFile(String uri, long start, long length) {
    /** Whether a row group that starts at this offset belongs to the range. */
    public boolean contains(long offset) {
        return offset >= start && (length == 0 || offset - start < length);
    }
}
