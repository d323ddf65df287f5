package dev.aquifer.service.cache;

/** @param stripe the stripe's number within its row group, from 0 */
public record BlockKey(ChunkKey chunk, int stripe) {
    @Override
    public String toString() {
        return chunk + " stripe " + stripe;
    }
}
