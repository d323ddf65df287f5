package dev.aquifer.engine.execute;

/**
 * What one table access cost, on the nodes and here.
 *
 * @param table the table's name
 * @param pushed whether nodes ran the fragment, or the engine itself
 * @param device the device that ran it; several where nodes differ
 * @param note why it was pulled, or what happened on the way; empty if nothing did
 * @param stripesTotal stripes of the table, of the partitions that remained
 * @param stripesPruned stripes that zone maps ruled out
 * @param lakeBytes bytes read from the lake
 * @param ssdBytes bytes read from the nodes' SSDs
 * @param memoryBytes bytes of blocks found in the nodes' memory
 * @param wireBytes bytes that came over gRPC
 * @param columnBytes bytes of the queried columns in the lake: what fetching the columns moves
 * @param rowsScanned rows of the stripes that were run
 * @param rowsReturned rows that came back: selected rows, or partial groups
 * @param programs fragments that nodes ran
 * @param programHits those of them whose program was compiled already
 */
public record AccessStats(
        String table,
        boolean pushed,
        String device,
        String note,
        long stripesTotal,
        long stripesPruned,
        long lakeBytes,
        long ssdBytes,
        long memoryBytes,
        long wireBytes,
        long columnBytes,
        long rowsScanned,
        long rowsReturned,
        long programs,
        long programHits) {}
