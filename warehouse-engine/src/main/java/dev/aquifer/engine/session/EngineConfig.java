package dev.aquifer.engine.session;

import dev.aquifer.lake.object.LakeConfig;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an engine is opened with.
 *
 * @param tables table name to Parquet file, glob, folder or S3 prefix, in the order in which they are listed
 * @param nodes accelerator nodes, as {@code host:port}, or {@code inprocess:NAME} for one in this JVM; may be empty
 * @param lake how the engine itself reads the lake: footers always, columns where it pulls
 * @param threads threads for fragments that the engine runs itself, at least 1
 * @param memoryBytes memory that one query's aggregations, joins and sorts may hold
 */
public record EngineConfig(
        Map<String, String> tables, List<String> nodes, LakeConfig lake, int threads, long memoryBytes) {
    public EngineConfig {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        nodes = List.copyOf(nodes);
        if (threads < 1 || memoryBytes < 1) {
            throw new AquiferException(
                    ErrorCode.USAGE, "the engine needs threads and memory: " + threads + ", " + memoryBytes);
        }
    }

    /** No nodes, all cores, half of the heap for each query. */
    public static EngineConfig of(Map<String, String> tables) {
        Runtime runtime = Runtime.getRuntime();
        return new EngineConfig(
                tables,
                List.of(),
                LakeConfig.fromEnvironment(),
                runtime.availableProcessors(),
                runtime.maxMemory() / 2);
    }

    public EngineConfig withNodes(List<String> newNodes) {
        return new EngineConfig(tables, newNodes, lake, threads, memoryBytes);
    }

    public EngineConfig withLake(LakeConfig newLake) {
        return new EngineConfig(tables, nodes, newLake, threads, memoryBytes);
    }

    public EngineConfig withThreads(int newThreads) {
        return new EngineConfig(tables, nodes, lake, newThreads, memoryBytes);
    }

    public EngineConfig withMemoryBytes(long newMemoryBytes) {
        return new EngineConfig(tables, nodes, lake, threads, newMemoryBytes);
    }
}
