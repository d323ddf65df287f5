/**
 * A lake to try things on. {@code s3} is an S3 server inside this process, {@code tpch} the TPC-H tables as Parquet files and
 * the 22 queries over them. Neither reads the lake: that is {@code lake-io}'s business.
 */
@NullMarked
package dev.aquifer.demo;

import org.jspecify.annotations.NullMarked;
