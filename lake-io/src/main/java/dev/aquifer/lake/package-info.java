/**
 * Objects where they live, in S3 and on local disk, and the Parquet in them. In the order in which they use each other:
 * {@code object} (bytes by name and version), {@code format} (the Thrift structures of a Parquet file), {@code page}
 * (encodings and codecs), {@code parquet} (footers, column chunks, row groups). Callers use {@code object} and
 * {@code parquet} only.
 */
@NullMarked
package dev.aquifer.lake;

import org.jspecify.annotations.NullMarked;
