/**
 * Where the rows of a fragment come from, by name and version: what engine and node tell each other about files. May use
 * {@code error} and {@code type}. Reading the files is {@code lake-io}'s business.
 */
@NullMarked
package dev.aquifer.spi.source;

import org.jspecify.annotations.NullMarked;
