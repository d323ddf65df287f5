package dev.aquifer.engine.server;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.aquifer.engine.session.PreparedQuery;
import dev.aquifer.engine.session.QueryResult;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.SchemaResult;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.CancelResult;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionClosePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementResult;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/** Statements and prepared statements of Flight SQL, over the engine's sessions. */
final class SqlProducer extends MetadataProducer {
    private final Sessions sessions;
    private final Statements statements = new Statements();
    private final ResultStreamer streamer;
    private final Executor threads;

    /** @param threads one is held by each result on its way out */
    SqlProducer(Sessions sessions, BufferAllocator memory, Executor threads) {
        super(sessions, memory);
        this.sessions = sessions;
        this.streamer = new ResultStreamer(memory);
        this.threads = threads;
    }

    @Override
    public FlightInfo getFlightInfoStatement(
            CommandStatementQuery command, CallContext context, FlightDescriptor descriptor) {
        return FlightErrors.answering(() -> {
            PreparedQuery query = sessions.of(context).prepare(command.getQuery());
            return info(new Statements.Prepared(query).execution(), context, descriptor);
        });
    }

    @Override
    public FlightInfo getFlightInfoPreparedStatement(
            CommandPreparedStatementQuery command, CallContext context, FlightDescriptor descriptor) {
        return FlightErrors.answering(() ->
                info(prepared(command.getPreparedStatementHandle(), context).execution(), context, descriptor));
    }

    /** One execution with its parameters, whatever is bound to the statement until it is fetched. */
    private FlightInfo info(Statements.Execution execution, CallContext context, FlightDescriptor descriptor) {
        ByteString handle = statements.await(Sessions.owner(context), execution);
        Message ticket =
                TicketStatementQuery.newBuilder().setStatementHandle(handle).build();
        FlightEndpoint endpoint = new FlightEndpoint(new Ticket(Any.pack(ticket).toByteArray()));
        return new FlightInfo(
                ColumnSchemas.ofResult(execution.query().columns()), descriptor, List.of(endpoint), -1, -1);
    }

    private Statements.Prepared prepared(ByteString handle, CallContext context) {
        return statements.prepared(Sessions.owner(context), handle);
    }

    @Override
    public SchemaResult getSchemaStatement(
            CommandStatementQuery command, CallContext context, FlightDescriptor descriptor) {
        return FlightErrors.answering(() -> new SchemaResult(ColumnSchemas.ofResult(
                sessions.of(context).prepare(command.getQuery()).columns())));
    }

    @Override
    public SchemaResult getSchemaPreparedStatement(
            CommandPreparedStatementQuery command, CallContext context, FlightDescriptor descriptor) {
        return FlightErrors.answering(() -> new SchemaResult(ColumnSchemas.ofResult(
                prepared(command.getPreparedStatementHandle(), context).query().columns())));
    }

    @Override
    public void getStreamStatement(TicketStatementQuery ticket, CallContext context, ServerStreamListener listener) {
        try {
            ByteString handle = ticket.getStatementHandle();
            run(statements.take(Sessions.owner(context), handle), handle, context, listener);
        } catch (RuntimeException e) {
            listener.error(FlightErrors.of(e));
        }
    }

    @Override
    public void getStreamPreparedStatement(
            CommandPreparedStatementQuery command, CallContext context, ServerStreamListener listener) {
        try {
            ByteString handle = command.getPreparedStatementHandle();
            run(prepared(handle, context).execution(), handle, context, listener);
        } catch (RuntimeException e) {
            listener.error(FlightErrors.of(e));
        }
    }

    /** On a thread of its own: the call's thread has to be free to tell that the client is ready, or has gone. */
    private void run(
            Statements.Execution execution, ByteString handle, CallContext context, ServerStreamListener listener) {
        String owner = Sessions.owner(context);
        threads.execute(() -> {
            Schema schema = ColumnSchemas.ofResult(execution.query().columns());
            try (QueryResult result = execution.start()) {
                statements.started(owner, handle, result);
                streamer.stream(result, schema, listener);
            } catch (RuntimeException e) {
                listener.error(FlightErrors.of(e));
            } catch (Error e) {
                // Nobody else would end the call.
                listener.error(FlightErrors.of(e));
                throw e;
            } finally {
                statements.ended(handle);
            }
        });
    }

    @Override
    public void createPreparedStatement(
            ActionCreatePreparedStatementRequest request, CallContext context, StreamListener<Result> listener) {
        try {
            PreparedQuery query = sessions.of(context).prepare(request.getQuery());
            Schema parameters = ParameterValues.schema(query.parameterTypes());
            Message created = ActionCreatePreparedStatementResult.newBuilder()
                    .setPreparedStatementHandle(statements.prepare(Sessions.owner(context), query))
                    .setDatasetSchema(ByteString.copyFrom(
                            ColumnSchemas.ofResult(query.columns()).serializeAsMessage()))
                    .setParameterSchema(ByteString.copyFrom(parameters.serializeAsMessage()))
                    .build();
            listener.onNext(new Result(Any.pack(created).toByteArray()));
            listener.onCompleted();
        } catch (RuntimeException e) {
            listener.onError(FlightErrors.of(e));
        }
    }

    @Override
    public void closePreparedStatement(
            ActionClosePreparedStatementRequest request, CallContext context, StreamListener<Result> listener) {
        statements.close(Sessions.owner(context), request.getPreparedStatementHandle());
        listener.onCompleted();
    }

    @Override
    public Runnable acceptPutPreparedStatementQuery(
            CommandPreparedStatementQuery command,
            CallContext context,
            FlightStream stream,
            StreamListener<PutResult> listener) {
        return () -> {
            try {
                Statements.Prepared prepared = prepared(command.getPreparedStatementHandle(), context);
                boolean bound = false;
                while (stream.next()) {
                    if (bound) {
                        throw new AquiferException(
                                ErrorCode.INVALID_ARGUMENT, "a query takes one row of parameters at a time");
                    }
                    prepared.bind(ParameterValues.read(
                            stream.getRoot(), prepared.query().parameterTypes()));
                    bound = true;
                }
                listener.onCompleted();
            } catch (RuntimeException e) {
                listener.onError(FlightErrors.of(e));
            }
        };
    }

    @Override
    public Runnable acceptPutStatement(
            CommandStatementUpdate command,
            CallContext context,
            FlightStream stream,
            StreamListener<PutResult> listener) {
        return () -> listener.onError(readOnly());
    }

    @Override
    public Runnable acceptPutPreparedStatementUpdate(
            CommandPreparedStatementUpdate command,
            CallContext context,
            FlightStream stream,
            StreamListener<PutResult> listener) {
        return () -> listener.onError(readOnly());
    }

    private static Throwable readOnly() {
        return FlightErrors.of(new AquiferException(
                ErrorCode.UNSUPPORTED, "tables are read-only: only queries can be executed, not updates"));
    }

    @Override
    public void cancelFlightInfo(
            CancelFlightInfoRequest request, CallContext context, StreamListener<CancelStatus> listener) {
        try {
            listener.onNext(cancel(request.getInfo(), context) ? CancelStatus.CANCELLED : CancelStatus.NOT_CANCELLABLE);
            listener.onCompleted();
        } catch (RuntimeException e) {
            listener.onError(FlightErrors.of(e));
        }
    }

    /** How clients cancelled before {@link #cancelFlightInfo}; drivers in the field still do. */
    @Override
    @SuppressWarnings("deprecation")
    public void cancelQuery(FlightInfo info, CallContext context, StreamListener<CancelResult> listener) {
        try {
            listener.onNext(cancel(info, context) ? CancelResult.CANCELLED : CancelResult.NOT_CANCELLABLE);
            listener.onCompleted();
        } catch (RuntimeException e) {
            listener.onError(FlightErrors.of(e));
        }
    }

    private boolean cancel(FlightInfo info, CallContext context) {
        boolean cancelled = false;
        for (FlightEndpoint endpoint : info.getEndpoints()) {
            try {
                Any ticket = Any.parseFrom(endpoint.getTicket().getBytes());
                if (ticket.is(TicketStatementQuery.class)) {
                    ByteString handle =
                            ticket.unpack(TicketStatementQuery.class).getStatementHandle();
                    cancelled |= statements.cancel(Sessions.owner(context), handle);
                }
            } catch (InvalidProtocolBufferException e) {
                throw new AquiferException(ErrorCode.INVALID_ARGUMENT, "a ticket that this server did not write", e);
            }
        }
        return cancelled;
    }

    /** How many queries run. */
    int running() {
        return statements.running();
    }

    @Override
    public void close() {
        sessions.close();
    }
}
