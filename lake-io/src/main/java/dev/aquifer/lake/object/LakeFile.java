package dev.aquifer.lake.object;

import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.source.PartitionValue;
import java.util.List;

/**
 * A file of a table.
 *
 * @param object the file and its version
 * @param partitions what its folders tell ({@code year=2024/}), outermost first; the same names and types for every file
 *     of one {@link Lake#resolve}
 */
public record LakeFile(ObjectVersion object, List<PartitionValue> partitions) {
    public LakeFile {
        partitions = List.copyOf(partitions);
    }
}
