package dev.aquifer.engine.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an engine is opened with.
 *
 * @param tables table name to Parquet file, glob, folder or S3 prefix
 * @param nodes accelerator nodes, as {@code host:port}, or {@code inprocess:NAME} for one in this JVM; may be empty
 * @param threads threads for fragments that the engine runs itself
 * @param memoryBytes memory that one query's aggregations, joins and sorts may hold
 */
public record EngineConfig(Map<String, String> tables, List<String> nodes, int threads, long memoryBytes) {
    public EngineConfig {
        tables = new LinkedHashMap<>(tables);
        nodes = List.copyOf(nodes);
    }
}
