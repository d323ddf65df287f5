/**
 * The structures of a Parquet file (parquet.thrift), read from Thrift's compact protocol by a reader of our own: every
 * length is checked against the bytes that are there before anything is allocated, which the generated classes do not
 * do, and a page header costs no reflection. Depends on nothing. It must not interpret what it reads.
 */
@NullMarked
package dev.aquifer.lake.format;

import org.jspecify.annotations.NullMarked;
