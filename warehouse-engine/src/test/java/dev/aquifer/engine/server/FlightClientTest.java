package dev.aquifer.engine.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelFlightInfoResult;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.auth2.BearerCredentialWriter;
import org.apache.arrow.flight.grpc.CredentialCallOption;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;

/** What JDBC does not reach: type information, cancelling by handle, and handles of other people. */
@SuppressWarnings("try") // Flight's own close() may throw InterruptedException.
final class FlightClientTest extends ServedLakeTests {
    FlightClientTest() {
        super("alpha", "beta");
    }

    private static CallOption as(String token) {
        return new CredentialCallOption(new BearerCredentialWriter(token));
    }

    private interface Use {
        void with(FlightSqlClient client) throws Exception;
    }

    private void client(Use use) throws Exception {
        try (BufferAllocator allocator = new RootAllocator();
                FlightSqlClient client = new FlightSqlClient(FlightClient.builder(
                                allocator,
                                Location.forGrpcInsecure(
                                        "127.0.0.1", lake().server().port()))
                        .build())) {
            use.with(client);
        }
    }

    private static Ticket ticket(FlightInfo info) {
        return info.getEndpoints().getFirst().getTicket();
    }

    @Test
    void onlyKnownTokensComeIn() throws Exception {
        client(client -> {
            for (CallOption[] options : new CallOption[][] {{}, {as("gamma")}}) {
                FlightRuntimeException error = assertThrows(
                        FlightRuntimeException.class, () -> client.execute("select count(*) from kinds", options));
                assertEquals(FlightStatusCode.UNAUTHENTICATED, error.status().code());
            }
        });
        for (String options : new String[] {"&token=alpha", "&user=anyone&password=beta"}) {
            try (Connection connection = lake().connect(options);
                    ResultSet rows = connection.createStatement().executeQuery("select count(*) from kinds")) {
                assertTrue(rows.next());
                assertEquals(3, rows.getLong(1));
            }
        }
        assertThrows(SQLException.class, () -> {
            try (Connection connection = lake().connect("&token=gamma")) {
                connection.createStatement().executeQuery("select count(*) from kinds");
            }
        });
    }

    @Test
    void anExecutionIsFetchedOnceAndByItsOwner() throws Exception {
        client(client -> {
            FlightInfo info = client.execute("select count(*) from kinds", as("alpha"));
            try (FlightStream stolen = client.getStream(ticket(info), as("beta"))) {
                FlightRuntimeException error = assertThrows(FlightRuntimeException.class, stolen::next);
                assertTrue(String.valueOf(error.getMessage()).contains("USER-1010"), error.getMessage());
            }
            try (FlightStream own = client.getStream(ticket(info), as("alpha"))) {
                assertTrue(own.next());
                assertEquals(3, ((BigIntVector) own.getRoot().getVector(0)).get(0));
            }
            try (FlightStream again = client.getStream(ticket(info), as("alpha"))) {
                assertThrows(FlightRuntimeException.class, again::next);
            }
        });
    }

    @Test
    void anExecutionIsCancelledByItsHandle() throws Exception {
        client(client -> {
            FlightInfo info = client.execute(
                    "select sum(a.n + b.n) from numbers a join numbers b on a.n % 10 = b.n % 10", as("alpha"));
            try (FlightStream stream = client.getStream(ticket(info), as("alpha"))) {
                for (int i = 0; i < 3_000 && lake().server().running() == 0; i++) {
                    Thread.sleep(20);
                }
                assertEquals(1, lake().server().running());
                CancelFlightInfoResult foreign = client.cancelFlightInfo(new CancelFlightInfoRequest(info), as("beta"));
                assertEquals(CancelStatus.NOT_CANCELLABLE, foreign.getStatus());

                CancelFlightInfoResult own = client.cancelFlightInfo(new CancelFlightInfoRequest(info), as("alpha"));

                assertEquals(CancelStatus.CANCELLED, own.getStatus());
                FlightRuntimeException error = assertThrows(FlightRuntimeException.class, () -> {
                    while (stream.next()) {
                        // Rows that were on their way.
                    }
                });
                assertEquals(FlightStatusCode.CANCELLED, error.status().code());
            }
        });
    }

    @Test
    void typesAreDescribed() throws Exception {
        client(client -> {
            FlightInfo info = client.getXdbcTypeInfo(as("alpha"));
            try (FlightStream stream = client.getStream(ticket(info), as("alpha"))) {
                assertTrue(stream.next());
                VectorSchemaRoot root = stream.getRoot();
                assertEquals(11, root.getRowCount());
                StringBuilder names = new StringBuilder();
                for (int i = 0; i < root.getRowCount(); i++) {
                    names.append(((VarCharVector) root.getVector("type_name")).getObject(i))
                            .append(' ');
                }
                assertEquals(
                        "TINYINT BIGINT DECIMAL INTEGER SMALLINT REAL DOUBLE VARCHAR BOOLEAN DATE TIMESTAMP ",
                        names.toString());
            }
            FlightInfo one = client.getXdbcTypeInfo(java.sql.Types.DECIMAL, as("alpha"));
            try (FlightStream stream = client.getStream(ticket(one), as("alpha"))) {
                assertTrue(stream.next());
                assertEquals(1, stream.getRoot().getRowCount());
                assertEquals(
                        "[\"precision\",\"scale\"]",
                        stream.getRoot().getVector("create_params").getObject(0).toString());
            }
        });
    }

    @Test
    void updatesAreRefused() throws Exception {
        client(client -> {
            FlightRuntimeException error = assertThrows(
                    FlightRuntimeException.class, () -> client.executeUpdate("delete from kinds", as("alpha")));
            assertTrue(String.valueOf(error.getMessage()).contains("read-only"), error.getMessage());
        });
    }
}
