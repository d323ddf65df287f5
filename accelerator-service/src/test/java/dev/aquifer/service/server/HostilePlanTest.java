package dev.aquifer.service.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.aquifer.protocol.proto.ExecuteRequest;
import dev.aquifer.protocol.substrait.FragmentRequest;
import dev.aquifer.protocol.substrait.PlanLimits;
import dev.aquifer.protocol.substrait.SubstraitWriter;
import dev.aquifer.service.metrics.Counter;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCategory;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans that no honest engine sends: each is refused with a code that says why, and the node goes on. */
final class HostilePlanTest {
    @TempDir
    Path folder;

    private TestLake lake;
    private NodeServer node;
    private TestClient client;
    private List<Slice> slices;

    @BeforeEach
    void start() {
        lake = new TestLake();
        Path file = folder.resolve("orders.parquet");
        lake.orders(file, 10_000, 4_096);
        slices = lake.slices(file);
        node = NodeServer.start(NodeConfig.defaults());
        client = new TestClient(node);
    }

    @AfterEach
    void stop() {
        assertEquals(
                10_000L,
                client.execute(Orders.total(null), slices).rows().getFirst().getFirst());
        assertEquals(0, node.metrics().value(Counter.TASKS_CRASHED));
        client.close();
        node.close();
        Leaks.none(node);
        lake.close();
    }

    private void refused(ErrorCode code, Fragment fragment, List<Slice> given) {
        refused(code, TestClient.request(fragment, given), fragment);
    }

    private void refused(ErrorCode code, ExecuteRequest request) {
        refused(code, request, Orders.total(null));
    }

    private void refused(ErrorCode code, ExecuteRequest request, Fragment fragment) {
        AquiferException error = assertThrows(AquiferException.class, () -> client.execute(request, fragment));
        assertEquals(code, error.code(), error.getMessage());
    }

    private void refusedSlice(ErrorCode code, UnaryOperator<Slice> change) {
        refused(code, Orders.total(null), List.of(change.apply(slices.getFirst())));
    }

    private static Slice slice(Slice from, ObjectVersion object, int rowGroup, long rows, long ordinal) {
        return new Slice(object, rowGroup, from.start(), from.length(), rows, ordinal, List.of());
    }

    @Test
    void bytesThatAreNoPlan() {
        for (byte[] bytes : new byte[][] {{}, {1, 2, 3}, new byte[1000], "select 1".getBytes(StandardCharsets.UTF_8)}) {
            refused(
                    ErrorCode.INVALID_PLAN,
                    ExecuteRequest.newBuilder()
                            .setSubstraitPlan(ByteString.copyFrom(bytes))
                            .build());
        }
    }

    @Test
    void plansThatAreTooLarge() {
        ByteString large = ByteString.copyFrom(new byte[PlanLimits.DEFAULT.maxBytes() + 1]);
        refused(
                ErrorCode.PLAN_TOO_LARGE,
                ExecuteRequest.newBuilder().setSubstraitPlan(large).build());
    }

    @Test
    void patternsThatAreMalformedOrTooLarge() {
        Expr text = new Expr.Literal(DataType.VARCHAR, Bytes.utf8("text"));
        for (String pattern : List.of("a(b", "(a)\\1", "(?=a)", "((a{1000}){1000}){1000}", "a".repeat(100_000))) {
            Expr constant = new Expr.Literal(DataType.VARCHAR, Bytes.utf8(pattern));
            refused(ErrorCode.INVALID_ARGUMENT, Orders.total(Expr.call(Function.REGEXP_LIKE, text, constant)), slices);
        }
        Expr unclosed = new Expr.Literal(DataType.VARCHAR, Bytes.utf8("%["));
        refused(ErrorCode.INVALID_ARGUMENT, Orders.total(Expr.call(Function.SIMILAR_TO, text, unclosed)), slices);
    }

    @Test
    void slicesThatLie() {
        for (long rows : new long[] {-1, 0, 1, 4_095, 4_097, 65_537, 1L << 40, Long.MAX_VALUE}) {
            refusedSlice(ErrorCode.INVALID_PLAN, slice -> slice(slice, slice.object(), 0, rows, 0));
        }
        for (int rowGroup : new int[] {-1, 3, 1_000, Integer.MAX_VALUE}) {
            refusedSlice(ErrorCode.INVALID_PLAN, slice -> slice(slice, slice.object(), rowGroup, slice.rows(), 0));
        }
        for (long ordinal : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 60}) {
            refusedSlice(
                    ErrorCode.INVALID_PLAN,
                    slice -> slice(slice, slice.object(), slice.rowGroup(), slice.rows(), ordinal));
        }
        refused(ErrorCode.INVALID_PLAN, Orders.total(null), List.of(slices.getFirst(), slices.getFirst()));
    }

    @Test
    void slicesThatLieOfCachedBlocks() {
        client.execute(Orders.total(null), slices);
        for (long rows : new long[] {0, 1, 4_095, 4_097, 65_537}) {
            refusedSlice(ErrorCode.INVALID_PLAN, slice -> slice(slice, slice.object(), 0, rows, 0));
        }
        Leaks.idle(node);
    }

    @Test
    void objectsThatAreOthers() {
        ObjectVersion object = slices.getFirst().object();
        refusedSlice(
                ErrorCode.OBJECT_CHANGED,
                slice -> slice(slice, new ObjectVersion(object.uri(), "other", object.size()), 0, slice.rows(), 0));
        refusedSlice(
                ErrorCode.OBJECT_NOT_FOUND,
                slice -> slice(
                        slice,
                        new ObjectVersion(object.uri() + ".gone", object.version(), object.size()),
                        0,
                        slice.rows(),
                        0));
        AquiferException size = assertThrows(
                AquiferException.class,
                () -> client.execute(
                        Orders.total(null),
                        List.of(slice(
                                slices.getFirst(),
                                new ObjectVersion(object.uri(), object.version(), object.size() - 7),
                                0,
                                slices.getFirst().rows(),
                                0))));
        assertEquals(ErrorCategory.STORAGE, size.code().category());
    }

    @Test
    void columnsOfOtherTypes() {
        Field wrong = new Field("word", DataType.INT64);
        Fragment fragment = new Fragment(List.of(wrong), null, List.of(Orders.column(0)), new Terminal.Rows(-1));
        refused(ErrorCode.TYPE_MISMATCH, fragment, slices);
    }

    @Test
    void devicesThatAreNotHere() {
        refused(
                ErrorCode.DEVICE_NOT_FOUND,
                TestClient.request(Orders.total(null), slices).toBuilder()
                        .setDevice("opencl:7")
                        .build());
    }

    @Test
    void damagedPlansNeverCrash() {
        long seed = Long.getLong("aquifer.seed", 20_260_101L);
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        byte[] good = SubstraitWriter.toBytes(new FragmentRequest(Orders.byWord(Orders.idBelow(500)), slices))
                .toByteArray();
        List<ErrorCode> codes = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            byte[] bad = good.clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                ExecuteRequest request = ExecuteRequest.newBuilder()
                        .setSubstraitPlan(ByteString.copyFrom(bad))
                        .build();
                client.stub().execute(request).forEachRemaining(response -> {});
            } catch (io.grpc.StatusRuntimeException e) {
                codes.add(dev.aquifer.protocol.status.Statuses.fromStatus(e, "the node")
                        .code());
            }
        }
        assertTrue(codes.size() > 100, "only " + codes.size() + " were refused");
        assertTrue(!codes.contains(ErrorCode.INTERNAL), "a damaged plan was told as a defect");
        Leaks.idle(node);
    }
}
