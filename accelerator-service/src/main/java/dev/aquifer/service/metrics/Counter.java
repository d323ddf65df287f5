package dev.aquifer.service.metrics;

import java.util.Locale;

/** Everything that only goes up. The name in the metrics page is {@code aquifer_} and the constant in lower case. */
public enum Counter {
    FRAGMENTS_STARTED("fragments admitted"),
    FRAGMENTS_FINISHED("fragments that ran to their end"),
    FRAGMENTS_FAILED("fragments that ended with an error, cancellations left out"),
    FRAGMENTS_CANCELLED("fragments whose caller left or whose deadline passed"),
    REFUSED_CONCURRENCY("requests refused for a cap on concurrent fragments"),
    REFUSED_MEMORY("reservations of work memory refused"),
    REFUSED_TOKEN("requests with no token or an unknown one"),
    REFUSED_LOCATION("requests refused for a file that the tenant may not read"),
    TASKS_CRASHED("tasks that ended with a throwable that is not an error of the request"),
    STRIPES_SCHEDULED("stripes given to a worker"),
    STRIPES_PRUNED("stripes that need not run: their zone maps rule them out or are the answer"),
    PROGRAM_HITS("programs found compiled"),
    PROGRAM_MISSES("programs compiled"),
    MEMORY_HITS("blocks found in memory"),
    MEMORY_HIT_BYTES("bytes of blocks found in memory"),
    MEMORY_PROMOTIONS("blocks moved to the high clock"),
    MEMORY_EVICTIONS("blocks evicted from memory"),
    MEMORY_BYPASSES("blocks used without being kept in memory, as no room could be made"),
    SSD_HITS("blocks read from SSD"),
    SSD_HIT_BYTES("bytes read from SSD"),
    SSD_WRITES("blocks written to SSD"),
    SSD_WRITE_BYTES("bytes written to SSD"),
    SSD_WRITE_FAILURES("blocks not kept on SSD because writing failed"),
    SSD_BAD_RECORDS("blocks dropped because their bytes on SSD were not those written"),
    SSD_SEGMENTS_EVICTED("segment files evicted"),
    CHUNKS_HYDRATED("column chunks fetched from the lake, those given up midway too"),
    CHUNKS_ABANDONED("column chunks given up midway, as all who waited for them had left"),
    CHUNK_WAITS("requests for a chunk that joined a fetch under way"),
    HYDRATED_BYTES("compressed bytes of the column chunks fetched from the lake"),
    BLOCKS_ENCODED("blocks encoded from the lake's files"),
    ROWS_RETURNED("rows sent to callers"),
    RETURNED_BYTES("Arrow bytes sent to callers");

    private final String help;

    Counter(String help) {
        this.help = help;
    }

    String metricName() {
        return "aquifer." + name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    String help() {
        return help;
    }
}
