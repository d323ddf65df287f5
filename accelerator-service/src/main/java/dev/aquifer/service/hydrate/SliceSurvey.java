package dev.aquifer.service.hydrate;

/**
 * What loading slices would take.
 *
 * @param stripes of the slices
 * @param pruned those of them that zone maps rule out
 * @param rows of the stripes that are left
 * @param memoryBytes encoded bytes of blocks in memory
 * @param ssdBytes stored bytes of blocks on SSD
 * @param lakeBytes bytes in the lake of what is on neither, the share of the stripes that are left
 * @param chunkBytes bytes in the lake of all the columns, wherever they are
 */
public record SliceSurvey(
        long stripes, long pruned, long rows, long memoryBytes, long ssdBytes, long lakeBytes, long chunkBytes) {
    public static final SliceSurvey NOTHING = new SliceSurvey(0, 0, 0, 0, 0, 0, 0);

    public SliceSurvey plus(SliceSurvey other) {
        return new SliceSurvey(
                stripes + other.stripes,
                pruned + other.pruned,
                rows + other.rows,
                memoryBytes + other.memoryBytes,
                ssdBytes + other.ssdBytes,
                lakeBytes + other.lakeBytes,
                chunkBytes + other.chunkBytes);
    }

    static final class Builder {
        private final long stripes;
        private final long pruned;
        private long rows;
        private long memoryBytes;
        private long ssdBytes;
        private long lakeBytes;
        private long chunkBytes;

        Builder(long stripes, long pruned) {
            this.stripes = stripes;
            this.pruned = pruned;
        }

        void rows(long more) {
            rows += more;
        }

        void chunk(long bytes) {
            chunkBytes += bytes;
        }

        void block(LoadCounts.Tier tier, long bytes) {
            switch (tier) {
                case MEMORY -> memoryBytes += bytes;
                case SSD -> ssdBytes += bytes;
                case LAKE -> lakeBytes += bytes;
            }
        }

        SliceSurvey build() {
            return new SliceSurvey(stripes, pruned, rows, memoryBytes, ssdBytes, lakeBytes, chunkBytes);
        }
    }
}
