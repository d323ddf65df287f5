package dev.aquifer.engine.server;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import java.util.List;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.BasicFlightSqlProducer;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCrossReference;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetDbSchemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetExportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetImportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetPrimaryKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetSqlInfo;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetXdbcTypeInfo;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** The metadata calls of Flight SQL: the command itself is the ticket, and the answer one small batch. */
abstract class MetadataProducer extends BasicFlightSqlProducer {
    private final Sessions sessions;
    private final BufferAllocator memory;

    MetadataProducer(Sessions sessions, BufferAllocator memory) {
        this.sessions = sessions;
        this.memory = memory;
    }

    /** Ends the sessions; unlike that of the interface it is never interrupted. */
    @Override
    public abstract void close();

    /** Writes the rows of an answer into vectors. */
    @FunctionalInterface
    interface Rows {
        /** @return how many rows were written */
        int writeTo(VectorSchemaRoot root);
    }

    @Override
    protected <T extends Message> List<FlightEndpoint> determineEndpoints(
            T request, FlightDescriptor descriptor, Schema schema) {
        return List.of(new FlightEndpoint(new Ticket(Any.pack(request).toByteArray())));
    }

    private void answer(Schema schema, ServerStreamListener listener, Rows rows) {
        try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, memory)) {
            root.allocateNew();
            root.setRowCount(rows.writeTo(root));
            listener.start(root);
            listener.putNext();
            listener.completed();
        } catch (RuntimeException e) {
            listener.error(FlightErrors.of(e));
        }
    }

    @Override
    public void getStreamCatalogs(CallContext context, ServerStreamListener listener) {
        answer(Schemas.GET_CATALOGS_SCHEMA, listener, Metadata::catalogs);
    }

    @Override
    public void getStreamSchemas(CommandGetDbSchemas command, CallContext context, ServerStreamListener listener) {
        answer(
                Schemas.GET_SCHEMAS_SCHEMA,
                listener,
                root -> Metadata.schemas(sessions.of(context).catalog(), command, root));
    }

    @Override
    public void getStreamTables(CommandGetTables command, CallContext context, ServerStreamListener listener) {
        answer(
                command.getIncludeSchema() ? Schemas.GET_TABLES_SCHEMA : Schemas.GET_TABLES_SCHEMA_NO_SCHEMA,
                listener,
                root -> Metadata.tables(sessions.of(context).catalog(), command, root));
    }

    @Override
    public void getStreamTableTypes(CallContext context, ServerStreamListener listener) {
        answer(Schemas.GET_TABLE_TYPES_SCHEMA, listener, Metadata::tableTypes);
    }

    @Override
    public void getStreamTypeInfo(CommandGetXdbcTypeInfo command, CallContext context, ServerStreamListener listener) {
        answer(
                Schemas.GET_TYPE_INFO_SCHEMA,
                listener,
                root -> TypeInfo.write(command.hasDataType() ? command.getDataType() : null, root));
    }

    @Override
    public void getStreamSqlInfo(CommandGetSqlInfo command, CallContext context, ServerStreamListener listener) {
        try {
            ServerInfo.BUILDER.send(command.getInfoList(), listener);
        } catch (RuntimeException e) {
            listener.error(FlightErrors.of(e));
        }
    }

    /** Files have no keys. */
    @Override
    public void getStreamPrimaryKeys(
            CommandGetPrimaryKeys command, CallContext context, ServerStreamListener listener) {
        answer(Schemas.GET_PRIMARY_KEYS_SCHEMA, listener, root -> 0);
    }

    @Override
    public void getStreamExportedKeys(
            CommandGetExportedKeys command, CallContext context, ServerStreamListener listener) {
        answer(Schemas.GET_EXPORTED_KEYS_SCHEMA, listener, root -> 0);
    }

    @Override
    public void getStreamImportedKeys(
            CommandGetImportedKeys command, CallContext context, ServerStreamListener listener) {
        answer(Schemas.GET_IMPORTED_KEYS_SCHEMA, listener, root -> 0);
    }

    @Override
    public void getStreamCrossReference(
            CommandGetCrossReference command, CallContext context, ServerStreamListener listener) {
        answer(Schemas.GET_CROSS_REFERENCE_SCHEMA, listener, root -> 0);
    }
}
