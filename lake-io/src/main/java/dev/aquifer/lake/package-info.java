/** Objects where they live, in S3 and on local disk, and the Parquet in them. */
@NullMarked
package dev.aquifer.lake;

import org.jspecify.annotations.NullMarked;
