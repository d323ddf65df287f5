package dev.aquifer.lake.parquet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Mistakes of writers that are long mended, in files that are still there. */
final class OldWriters {
    /** More than any header of a dictionary page takes. */
    static final int DICTIONARY_HEADER_BYTES = 100;

    private static final Pattern PARQUET_MR =
            Pattern.compile("parquet-mr(?: version (\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6}).*)?");

    private OldWriters() {}

    /**
     * Whether the lengths of column chunks leave out the header of the dictionary page, so that the last page seems to be cut
     * (PARQUET-816): parquet-mr before 1.2.9.
     */
    static boolean forgetsDictionaryHeader(String createdBy) {
        Matcher writer = PARQUET_MR.matcher(createdBy);
        if (!writer.matches()) {
            return false;
        }
        if (writer.group(1) == null) {
            return true; // older than the habit of telling the version
        }
        int major = Integer.parseInt(writer.group(1));
        int minor = Integer.parseInt(writer.group(2));
        return major < 1 || major == 1 && (minor < 2 || minor == 2 && Integer.parseInt(writer.group(3)) < 9);
    }
}
