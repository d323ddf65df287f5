/**
 * Objects by name and version: S3 through the AWS SDK, local files, and the search for the files of a table (one file, a
 * glob, a folder, partition folders). May use the SPI's {@code error}, {@code type} and {@code source}. It must not know
 * what is in an object.
 */
@NullMarked
package dev.aquifer.lake.object;

import org.jspecify.annotations.NullMarked;
