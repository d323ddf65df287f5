package dev.aquifer.spi.source;

/**
 * One version of one object. Every cache key holds all three, so that a replaced object is never answered from old
 * blocks.
 *
 * @param uri {@code s3://bucket/key}, or {@code file:///absolute/path}
 * @param version the store's own version tag: the ETag of S3, made of modification time and inode for local files
 * @param size length in bytes
 */
public record ObjectVersion(String uri, String version, long size) {}
