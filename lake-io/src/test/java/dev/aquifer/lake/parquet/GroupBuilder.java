package dev.aquifer.lake.parquet;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.GroupWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** A writer of example groups that needs no more of Hadoop than parquet-hadoop's signatures do. */
final class GroupBuilder extends ParquetWriter.Builder<Group, GroupBuilder> {
    private final MessageType schema;

    GroupBuilder(Path file, MessageType schema) {
        super(new LocalOutputFile(file));
        this.schema = schema;
        withConf(new PlainParquetConfiguration());
        withCodecFactory(new TestCodecs());
    }

    @Override
    protected GroupBuilder self() {
        return this;
    }

    /** Abstract above, though nothing calls it any more. */
    @Override
    @Deprecated
    protected WriteSupport<Group> getWriteSupport(Configuration configuration) {
        throw new UnsupportedOperationException("Hadoop's configuration is not used");
    }

    @Override
    protected WriteSupport<Group> getWriteSupport(ParquetConfiguration configuration) {
        return new Groups(schema);
    }

    private static final class Groups extends WriteSupport<Group> {
        private final MessageType schema;
        private @Nullable GroupWriter writer;

        Groups(MessageType schema) {
            this.schema = schema;
        }

        /** Abstract above, though nothing calls it any more. */
        @Override
        @Deprecated
        public WriteContext init(Configuration configuration) {
            throw new UnsupportedOperationException("Hadoop's configuration is not used");
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            writer = new GroupWriter(consumer, schema);
        }

        @Override
        public void write(Group group) {
            Objects.requireNonNull(writer, "prepareForWrite comes first").write(group);
        }
    }
}
