package dev.aquifer.protocol.substrait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.aquifer.protocol.proto.SliceDetails;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.fragment.FinalColumn;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import io.substrait.proto.AdvancedExtension;
import io.substrait.proto.AggregateRel;
import io.substrait.proto.Expression;
import io.substrait.proto.Plan;
import io.substrait.proto.ProjectRel;
import io.substrait.proto.ReadRel;
import io.substrait.proto.Rel;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is wrong with a plan is told with a code; no plan harms its reader. */
final class MalformedPlanTest {
    private static final List<Field> COLUMNS =
            List.of(new Field("a", DataType.INT64), new Field("b", DataType.VARCHAR));
    private static final Expr A = new Expr.ColumnRef(0, DataType.INT64);
    private static final Slice SLICE =
            new Slice(new ObjectVersion("s3://lake/t.parquet", "v1", 1_000), 0, 4, 900, 100, 0, List.of());

    private static Plan plan(Terminal terminal) {
        Expr filter = Expr.call(Function.GREATER, A, new Expr.Literal(DataType.INT64, 7L));
        Fragment fragment = new Fragment(COLUMNS, filter, List.of(A, Expr.call(Function.ADD, A, A)), terminal);
        return SubstraitWriter.toPlan(new FragmentRequest(fragment, List.of(SLICE)));
    }

    private static String refused(ErrorCode code, Plan plan) {
        AquiferException error =
                assertThrows(AquiferException.class, () -> SubstraitReader.fromBytes(plan.toByteString()));
        assertEquals(code, error.code(), error.getMessage());
        return String.valueOf(error.getMessage());
    }

    private static Plan edited(java.util.function.Consumer<ProjectRel.Builder> edit) {
        Plan.Builder plan = plan(new Terminal.Rows(-1)).toBuilder();
        edit.accept(
                plan.getRelationsBuilder(0).getRootBuilder().getInputBuilder().getProjectBuilder());
        return plan.build();
    }

    private static Plan editedRead(java.util.function.Consumer<ReadRel.Builder> edit) {
        return edited(project -> edit.accept(project.getInputBuilder().getReadBuilder()));
    }

    @Test
    void noiseIsNoPlan() {
        AquiferException error = assertThrows(
                AquiferException.class, () -> SubstraitReader.fromBytes(ByteString.copyFromUtf8("select 1")));
        assertEquals(ErrorCode.INVALID_PLAN, error.code());
        refused(ErrorCode.INVALID_PLAN, Plan.getDefaultInstance());
    }

    @Test
    void aColumnOutOfRangeIsNamed() {
        for (int index : new int[] {2, 77, -1, Integer.MIN_VALUE}) {
            String message = refused(
                    ErrorCode.INVALID_PLAN,
                    edited(project -> project.setExpressions(0, ExpressionWriter.field(index))));
            assertTrue(message.contains("field " + index + " is out of range"), message);
        }
    }

    @Test
    void outputMappingsAreChecked() {
        refused(
                ErrorCode.INVALID_PLAN,
                edited(project -> project.getCommonBuilder().getEmitBuilder().setOutputMapping(0, 4)));
    }

    @Test
    void unknownFunctionsAreNamed() {
        Plan.Builder plan = plan(new Terminal.Rows(-1)).toBuilder();
        plan.getExtensionsBuilder(0).getExtensionFunctionBuilder().setName("frobnicate:i64");
        String message = refused(ErrorCode.UNKNOWN_FUNCTION, plan.build());
        assertTrue(message.contains("'frobnicate'"), message);

        plan = plan(new Terminal.Rows(-1)).toBuilder();
        plan.getExtensionUrnsBuilder(0).setUrn("extension:com.example:functions");
        refused(ErrorCode.UNKNOWN_FUNCTION, plan.build());
    }

    @Test
    void functionsMustBeDeclaredOnce() {
        Plan.Builder plan = plan(new Terminal.Rows(-1)).toBuilder();
        refused(ErrorCode.INVALID_PLAN, plan.clone().clearExtensions().build());
        refused(
                ErrorCode.INVALID_PLAN,
                plan.addExtensions(plan.getExtensions(0)).build());
    }

    @Test
    void typesMustAgree() {
        // gt(bigint, varchar)
        refused(
                ErrorCode.TYPE_MISMATCH,
                editedRead(read -> read.getFilterBuilder()
                        .getScalarFunctionBuilder()
                        .getArgumentsBuilder(1)
                        .setValue(ExpressionWriter.field(1))));
        // A declared type that is not the function's.
        refused(
                ErrorCode.TYPE_MISMATCH,
                editedRead(read -> read.getFilterBuilder()
                        .getScalarFunctionBuilder()
                        .setOutputType(PlanTypes.write(DataType.INT8))));
        // A filter that is no condition.
        refused(ErrorCode.INVALID_PLAN, editedRead(read -> read.setFilter(ExpressionWriter.field(0))));
    }

    @Test
    void behavioursThatAquiferHasNotAreRefused() {
        String message = refused(
                ErrorCode.UNSUPPORTED,
                edited(project -> project.getExpressionsBuilder(1)
                        .getScalarFunctionBuilder()
                        .clearOptions()
                        .addOptions(Signature.option("overflow", "SILENT"))));
        assertTrue(message.contains("SILENT"), message);
        refused(
                ErrorCode.UNSUPPORTED,
                edited(project -> project.getExpressionsBuilder(1)
                        .getScalarFunctionBuilder()
                        .addOptions(Signature.option("precision", "HIGH"))));
    }

    @Test
    void unknownEnhancementsAreRefusedAndOptimizationsIgnored() {
        Any unknown =
                Any.newBuilder().setTypeUrl("type.googleapis.com/com.example.X").build();
        refused(
                ErrorCode.UNSUPPORTED,
                edited(project -> project.setAdvancedExtension(
                        AdvancedExtension.newBuilder().setEnhancement(unknown))));
        Plan optimized = edited(project ->
                project.setAdvancedExtension(AdvancedExtension.newBuilder().addOptimization(unknown)));
        assertEquals(SubstraitReader.fromPlan(plan(new Terminal.Rows(-1))), SubstraitReader.fromPlan(optimized));
    }

    @Test
    void sliceDetailsMustFitTheFiles() {
        refused(
                ErrorCode.INVALID_PLAN,
                editedRead(read -> read.getLocalFilesBuilder()
                        .addItems(read.getLocalFiles().getItems(0))));
        refused(
                ErrorCode.INVALID_PLAN,
                editedRead(read -> read.getLocalFilesBuilder()
                        .getAdvancedExtensionBuilder()
                        .setEnhancement(Any.newBuilder()
                                .setTypeUrl("type.googleapis.com/aquifer.v1.SliceDetails")
                                .setValue(ByteString.copyFromUtf8("\u0007")))));
        refused(
                ErrorCode.INVALID_PLAN,
                editedRead(read -> read.getLocalFilesBuilder()
                        .getAdvancedExtensionBuilder()
                        .setEnhancement(Any.pack(SliceDetails.newBuilder()
                                .addSlices(dev.aquifer.protocol.proto.SliceDetail.newBuilder()
                                        .setVersion("v")
                                        .setRowGroup(-1))
                                .build()))));
    }

    @Test
    void filesMustBeParquetFilesByUri() {
        refused(
                ErrorCode.INVALID_PLAN,
                editedRead(
                        read -> read.getLocalFilesBuilder().getItemsBuilder(0).setUriFile("/etc/passwd")));
        refused(
                ErrorCode.UNSUPPORTED,
                editedRead(
                        read -> read.getLocalFilesBuilder().getItemsBuilder(0).setUriFolder("s3://lake/t/")));
        refused(
                ErrorCode.UNSUPPORTED,
                editedRead(read -> read.getLocalFilesBuilder()
                        .getItemsBuilder(0)
                        .setOrc(ReadRel.LocalFiles.FileOrFiles.OrcReadOptions.getDefaultInstance())));
        refused(
                ErrorCode.INVALID_PLAN,
                editedRead(
                        read -> read.getLocalFilesBuilder().getItemsBuilder(0).setStart(-1)));
        refused(
                ErrorCode.INVALID_PLAN,
                editedRead(read -> read.getLocalFilesBuilder()
                        .getItemsBuilder(0)
                        .setStart(10)
                        .setLength(Long.MAX_VALUE)));
        refused(
                ErrorCode.UNSUPPORTED,
                editedRead(read ->
                        read.setNamedTable(ReadRel.NamedTable.newBuilder().addNames("t"))));
    }

    @Test
    void schemasMustBeWhole() {
        refused(
                ErrorCode.INVALID_PLAN,
                editedRead(read -> read.getBaseSchemaBuilder().addNames("c")));
        refused(
                ErrorCode.INVALID_PLAN,
                edited(project -> project.getInputBuilder()
                        .getReadBuilder()
                        .getBaseSchemaBuilder()
                        .getStructBuilder()
                        .setTypes(1, io.substrait.proto.Type.getDefaultInstance())));
    }

    @Test
    void otherRelationsAreRefusedByName() {
        Plan.Builder plan = Plan.newBuilder();
        plan.addRelationsBuilder().setRel(Rel.newBuilder().setCross(io.substrait.proto.CrossRel.getDefaultInstance()));
        String message = refused(ErrorCode.UNSUPPORTED, plan.build());
        assertTrue(message.contains("CROSS"), message);
    }

    @Test
    void aggregatesMustBePartialAndPlain() {
        Plan whole = plan(new Terminal.Aggregate(List.of(0), List.of(new AggregateCall(AggregateFunction.SUM, 1, -1))));
        for (io.substrait.proto.AggregationPhase phase : io.substrait.proto.AggregationPhase.values()) {
            if (phase != io.substrait.proto.AggregationPhase.UNRECOGNIZED
                    && phase != io.substrait.proto.AggregationPhase.AGGREGATION_PHASE_INITIAL_TO_INTERMEDIATE) {
                refused(
                        ErrorCode.UNSUPPORTED,
                        aggregate(
                                whole,
                                rel -> rel.getMeasuresBuilder(0)
                                        .getMeasureBuilder()
                                        .setPhase(phase)));
            }
        }
        refused(
                ErrorCode.UNSUPPORTED,
                aggregate(
                        whole,
                        rel -> rel.getMeasuresBuilder(0)
                                .getMeasureBuilder()
                                .setInvocation(
                                        io.substrait.proto.AggregateFunction.AggregationInvocation
                                                .AGGREGATION_INVOCATION_DISTINCT)));
        refused(
                ErrorCode.TYPE_MISMATCH,
                aggregate(
                        whole,
                        rel -> rel.getMeasuresBuilder(0)
                                .getMeasureBuilder()
                                .setOutputType(PlanTypes.write(DataType.INT64))));
        refused(ErrorCode.UNSUPPORTED, aggregate(whole, rel -> rel.addGroupings(rel.getGroupings(0))));
        refused(
                ErrorCode.INVALID_PLAN,
                aggregate(whole, rel -> rel.getGroupingsBuilder(0).setExpressionReferences(0, 9)));
        refused(
                ErrorCode.INVALID_PLAN,
                aggregate(
                        whole,
                        rel -> rel.getMeasuresBuilder(0)
                                .getMeasureBuilder()
                                .getArgumentsBuilder(0)
                                .setValue(ExpressionWriter.field(5))));
    }

    private static Plan aggregate(Plan plan, java.util.function.Consumer<AggregateRel.Builder> edit) {
        Plan.Builder edited = plan.toBuilder();
        edit.accept(
                edited.getRelationsBuilder(0).getRootBuilder().getInputBuilder().getAggregateBuilder());
        return edited.build();
    }

    @Test
    void limitsMustBePlain() {
        Plan.Builder plan = plan(new Terminal.Rows(5)).toBuilder();
        plan.getRelationsBuilder(0)
                .getRootBuilder()
                .getInputBuilder()
                .getFetchBuilder()
                .setOffsetExpr(ExpressionWriter.literal(new Expr.Literal(DataType.INT64, 3L)));
        refused(ErrorCode.UNSUPPORTED, plan.build());
        Plan.Builder negative = plan(new Terminal.Rows(5)).toBuilder();
        negative.getRelationsBuilder(0)
                .getRootBuilder()
                .getInputBuilder()
                .getFetchBuilder()
                .setCountExpr(ExpressionWriter.literal(new Expr.Literal(DataType.INT64, -1L)));
        refused(ErrorCode.INVALID_PLAN, negative.build());
    }

    @Test
    void aSortNeedsItsPositionColumn() {
        Plan.Builder plan = plan(new Terminal.TopN(List.of(new SortKey(0, false, false)), 5)).toBuilder();
        plan.getRelationsBuilder(0)
                .getRootBuilder()
                .getInputBuilder()
                .getFetchBuilder()
                .clearAdvancedExtension();
        String message = refused(ErrorCode.UNSUPPORTED, plan.build());
        assertTrue(message.contains("aquifer.v1.RowPosition"), message);
    }

    @Test
    void sizesHaveBounds() {
        ByteString plan = plan(new Terminal.Rows(-1)).toByteString();
        AquiferException bytes = assertThrows(
                AquiferException.class,
                () -> SubstraitReader.fromBytes(plan, new PlanLimits(plan.size() - 1, 100, 100)));
        assertEquals(ErrorCode.PLAN_TOO_LARGE, bytes.code());
        AquiferException nodes = assertThrows(
                AquiferException.class, () -> SubstraitReader.fromBytes(plan, new PlanLimits(1 << 20, 100, 3)));
        assertEquals(ErrorCode.PLAN_TOO_LARGE, nodes.code());
    }

    /** A few bytes each, and far more in memory: columns, keys and calls are counted too. */
    @Test
    void completionsAreOfTheGroupsThatThereAre() {
        Plan whole = plan(new Terminal.Aggregate(List.of(0), List.of(new AggregateCall(AggregateFunction.SUM, 1, -1))));
        for (Completion.Key key : List.of(
                new Completion.Key(new FinalColumn.Key(1), false, false),
                new Completion.Key(new FinalColumn.Value(-1), false, false),
                new Completion.Key(new FinalColumn.Average(0, 0), true, true))) {
            refused(ErrorCode.INVALID_PLAN, completed(whole, new Completion.Top(List.of(key), 5)));
        }
        refused(ErrorCode.INVALID_PLAN, completed(whole, new Completion.Top(List.of(), -1)));
        refused(
                ErrorCode.INVALID_PLAN,
                aggregate(
                        whole,
                        rel -> rel.getAdvancedExtensionBuilder()
                                .setEnhancement(com.google.protobuf.Any.pack(
                                        dev.aquifer.protocol.proto.GroupCompletion.getDefaultInstance()))));
        refused(
                ErrorCode.INVALID_PLAN,
                completed(
                        plan(new Terminal.Aggregate(List.of(), List.of())),
                        new Completion.Distinct(List.of(AggregateFunction.COUNT))));
    }

    private static Plan completed(Plan plan, Completion completion) {
        return aggregate(plan, rel -> rel.setAdvancedExtension(GroupCompletions.write(completion)));
    }

    @Test
    void listsHaveBounds() {
        int many = PlanLimits.DEFAULT.maxNodes() + 1;
        io.substrait.proto.Type type = PlanTypes.write(DataType.INT64);
        refused(ErrorCode.PLAN_TOO_LARGE, editedRead(read -> {
            read.getBaseSchemaBuilder().addAllNames(Collections.nCopies(many, ""));
            read.getBaseSchemaBuilder().getStructBuilder().addAllTypes(Collections.nCopies(many, type));
        }));
        Plan whole = plan(new Terminal.Aggregate(List.of(0), List.of(new AggregateCall(AggregateFunction.SUM, 1, -1))));
        refused(
                ErrorCode.PLAN_TOO_LARGE,
                aggregate(
                        whole,
                        rel -> rel.getGroupingsBuilder(0).addAllExpressionReferences(Collections.nCopies(many, 0))));
        refused(
                ErrorCode.PLAN_TOO_LARGE,
                aggregate(whole, rel -> rel.addAllMeasures(Collections.nCopies(many, rel.getMeasures(0)))));
        Plan.Builder sorted = plan(new Terminal.TopN(List.of(new SortKey(0, false, false)), 5)).toBuilder();
        io.substrait.proto.SortRel.Builder sort = sorted.getRelationsBuilder(0)
                .getRootBuilder()
                .getInputBuilder()
                .getFetchBuilder()
                .getInputBuilder()
                .getSortBuilder();
        sort.addAllSorts(Collections.nCopies(many, sort.getSorts(0)));
        refused(ErrorCode.PLAN_TOO_LARGE, sorted.build());
    }

    /** Depths around the bound are read; far beyond it nothing overflows, on a small stack too. */
    @Test
    void depthHasABound() throws InterruptedException {
        int max = PlanLimits.DEFAULT.maxDepth();
        assertEquals(
                max,
                depth(SubstraitReader.fromBytes(nested(max))
                        .fragment()
                        .projections()
                        .getFirst()));
        for (int depth : new int[] {max + 1, 3 * max, 10_000}) {
            AquiferException error =
                    assertThrows(AquiferException.class, () -> SubstraitReader.fromBytes(nested(depth)));
            assertEquals(ErrorCode.PLAN_TOO_LARGE, error.code(), error.getMessage());
        }
        Expr deep = A;
        for (int i = 0; i < 20_000; i++) {
            deep = Expr.call(Function.NEGATE, deep);
        }
        FragmentRequest request = SubstraitRoundTripTest.request(COLUMNS, deep);
        AquiferException error = assertThrows(AquiferException.class, () -> SubstraitWriter.toPlan(request));
        assertEquals(ErrorCode.PLAN_TOO_LARGE, error.code());
    }

    private static int depth(Expr expr) {
        int depth = 1;
        Expr at = expr;
        while (at instanceof Expr.Call call) {
            at = call.arg(0);
            depth++;
        }
        return depth;
    }

    /** A plan with a chain of negations, built as bytes from the inside out: builders would overflow the stack. */
    private static ByteString nested(int depth) {
        Plan plan = SubstraitWriter.toPlan(SubstraitRoundTripTest.request(COLUMNS, Expr.call(Function.NEGATE, A)));
        ByteString expression = ExpressionWriter.field(0).toByteString();
        for (int i = 1; i < depth; i++) {
            // Expression { scalar_function { function_reference: 1 arguments { value: ... } } }
            ByteString argument = delimited(4, delimited(3, expression));
            expression = delimited(3, ByteString.copyFrom(new byte[] {8, 1}).concat(argument));
        }
        Plan.Builder outer = plan.toBuilder().clearRelations();
        ProjectRel project = plan.getRelations(0).getRoot().getInput().getProject().toBuilder()
                .clearExpressions()
                .build();
        ByteString projectBytes = project.toByteString().concat(delimited(3, expression));
        ByteString root = delimited(1, delimited(7, projectBytes));
        return outer.build().toByteString().concat(delimited(3, delimited(2, root)));
    }

    private static ByteString delimited(int field, ByteString content) {
        byte[] head = new byte[12];
        com.google.protobuf.CodedOutputStream out = com.google.protobuf.CodedOutputStream.newInstance(head);
        try {
            out.writeTag(field, 2);
            out.writeUInt32NoTag(content.size());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return ByteString.copyFrom(head, 0, out.getTotalBytesWritten()).concat(content);
    }

    /** Projections over projections double: forty of them would be a tree of 2^40 nodes. */
    @Test
    void sharedPartsDoNotExplode() {
        Rel rel = plan(new Terminal.Rows(-1)).getRelations(0).getRoot().getInput();
        Plan base = plan(new Terminal.Rows(-1));
        int add = 0;
        for (int i = 0; i < base.getExtensionsCount(); i++) {
            if (base.getExtensions(i).getExtensionFunction().getName().startsWith("add:")) {
                add = base.getExtensions(i).getExtensionFunction().getFunctionAnchor();
            }
        }
        Expression twice = Expression.newBuilder()
                .setScalarFunction(Expression.ScalarFunction.newBuilder()
                        .setFunctionReference(add)
                        .addArguments(
                                io.substrait.proto.FunctionArgument.newBuilder().setValue(ExpressionWriter.field(0)))
                        .addArguments(
                                io.substrait.proto.FunctionArgument.newBuilder().setValue(ExpressionWriter.field(0))))
                .build();
        for (int i = 0; i < 40; i++) {
            ProjectRel.Builder project = ProjectRel.newBuilder().setInput(rel).addExpressions(twice);
            project.getCommonBuilder().getEmitBuilder().addOutputMapping(i == 0 ? 2 : 1);
            rel = Rel.newBuilder().setProject(project).build();
        }
        Plan.Builder plan = base.toBuilder();
        plan.getRelationsBuilder(0).setRel(rel);
        refused(ErrorCode.PLAN_TOO_LARGE, plan.build());
    }

    /** Valid plans with bytes changed, cut and doubled: read or refused with a code, never anything else. */
    @Test
    void damagedPlansAreReadOrRefused() {
        long seed = Long.getLong("aquifer.seed", System.nanoTime());
        Map<ErrorCode, Integer> refusals = new EnumMap<>(ErrorCode.class);
        int read = 0;
        for (int i = 0; i < 6_000; i++) {
            long each = seed + i;
            SplittableRandom random = new SplittableRandom(each);
            byte[] plan = SubstraitWriter.toBytes(new RandomFragments(random).request())
                    .toByteArray();
            ByteString damaged = damage(random, plan);
            try {
                SubstraitReader.fromBytes(damaged);
                read++;
            } catch (AquiferException e) {
                refusals.merge(e.code(), 1, Integer::sum);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + each, e);
            }
        }
        assertTrue(read > 0 && refusals.size() >= 4, "seed " + seed + ": " + read + " read, " + refusals);
        assertTrue(!refusals.containsKey(ErrorCode.INTERNAL), "seed " + seed + ": " + refusals);
    }

    private static ByteString damage(SplittableRandom random, byte[] plan) {
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(plan.length);
            switch (random.nextInt(3)) {
                case 0 -> plan[at] = (byte) random.nextInt(256);
                case 1 -> plan[at] ^= (byte) (1 << random.nextInt(8));
                default -> plan[at]++;
            }
        }
        ByteString bytes = ByteString.copyFrom(plan);
        return switch (random.nextInt(8)) {
            case 0 -> bytes.substring(0, random.nextInt(plan.length));
            case 1 -> bytes.concat(bytes);
            default -> bytes;
        };
    }
}
