/** A lake to try things on: an embedded S3 server, and TPC-H written to it as Parquet. */
@NullMarked
package dev.aquifer.demo;

import org.jspecify.annotations.NullMarked;
