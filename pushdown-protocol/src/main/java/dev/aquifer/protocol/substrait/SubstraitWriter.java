package dev.aquifer.protocol.substrait;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.aquifer.protocol.proto.RowPosition;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import io.substrait.proto.AdvancedExtension;
import io.substrait.proto.AggregateRel;
import io.substrait.proto.AggregationPhase;
import io.substrait.proto.Expression;
import io.substrait.proto.FetchRel;
import io.substrait.proto.FunctionArgument;
import io.substrait.proto.NamedStruct;
import io.substrait.proto.Plan;
import io.substrait.proto.PlanRel;
import io.substrait.proto.ProjectRel;
import io.substrait.proto.ReadRel;
import io.substrait.proto.Rel;
import io.substrait.proto.RelCommon;
import io.substrait.proto.RelRoot;
import io.substrait.proto.SortField;
import io.substrait.proto.SortRel;
import io.substrait.proto.Type;
import io.substrait.proto.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fragments as Substrait plans: a read with its filter, a projection, and for the terminal a fetch, an aggregation in its first
 * phase, or a sort under a fetch. Column names of the result are {@code c0, c1, ...}; only positions mean something.
 */
public final class SubstraitWriter {
    /** The release of Substrait whose messages and functions plans use. */
    private static final Version VERSION = Version.newBuilder()
            .setMajorNumber(0)
            .setMinorNumber(89)
            .setPatchNumber(1)
            .setProducer("aquifer")
            .build();

    private final PlanLimits limits;
    private final Declarations declarations = new Declarations();
    private final ExpressionWriter expressions;

    private SubstraitWriter(PlanLimits limits) {
        this.limits = limits;
        this.expressions = new ExpressionWriter(limits, declarations);
    }

    /**
     * The plan for a request. The fragment must pass {@link Fragment#check()}.
     *
     * @throws AquiferException PLAN_TOO_LARGE where {@link PlanLimits#DEFAULT} does not allow it; INVALID_PLAN for a literal that
     *     is none of its type
     */
    public static Plan toPlan(FragmentRequest request) {
        return toPlan(request, PlanLimits.DEFAULT);
    }

    public static Plan toPlan(FragmentRequest request, PlanLimits limits) {
        return new SubstraitWriter(limits).plan(request);
    }

    /** The serialized plan, as an {@code ExecuteRequest} carries it. */
    public static ByteString toBytes(FragmentRequest request) {
        return toPlan(request).toByteString();
    }

    private Plan plan(FragmentRequest request) {
        Fragment fragment = request.fragment();
        Rel projected = project(fragment, read(request));
        Rel whole = switch (fragment.terminal()) {
            case Terminal.Rows rows -> rows.limit() < 0 ? projected : fetch(projected, rows.limit(), null);
            case Terminal.Aggregate aggregate -> aggregate(fragment, aggregate, projected);
            case Terminal.TopN top ->
                fetch(
                        sort(top.keys(), projected),
                        top.limit(),
                        AdvancedExtension.newBuilder()
                                .setEnhancement(Any.pack(RowPosition.getDefaultInstance()))
                                .build());
        };
        RelRoot.Builder root = RelRoot.newBuilder().setInput(whole);
        int outputs = fragment.outputTypes().size();
        for (int i = 0; i < outputs; i++) {
            root.addNames("c" + i);
        }
        Plan.Builder plan = Plan.newBuilder()
                .setVersion(VERSION)
                .addRelations(PlanRel.newBuilder().setRoot(root));
        declarations.addTo(plan);
        Plan built = plan.build();
        if (built.getSerializedSize() > limits.maxBytes()) {
            throw new AquiferException(
                    ErrorCode.PLAN_TOO_LARGE,
                    "the plan takes " + built.getSerializedSize() + " bytes, more than " + limits.maxBytes());
        }
        return built;
    }

    private Rel read(FragmentRequest request) {
        Fragment fragment = request.fragment();
        NamedStruct.Builder schema = NamedStruct.newBuilder();
        Type.Struct.Builder types = Type.Struct.newBuilder().setNullability(Type.Nullability.NULLABILITY_REQUIRED);
        for (Field column : fragment.columns()) {
            schema.addNames(column.name());
            types.addTypes(PlanTypes.write(column.type()));
        }
        ReadRel.Builder read =
                ReadRel.newBuilder().setBaseSchema(schema.setStruct(types)).setLocalFiles(FileLists.write(request));
        if (fragment.filter() != null) {
            read.setFilter(expressions.write(fragment.filter()));
        }
        return Rel.newBuilder().setRead(read).build();
    }

    /** A ProjectRel appends to its input; the emit keeps what it appended. */
    private Rel project(Fragment fragment, Rel input) {
        RelCommon.Emit.Builder emit = RelCommon.Emit.newBuilder();
        ProjectRel.Builder project = ProjectRel.newBuilder().setInput(input);
        int position = fragment.columns().size();
        for (Expr projection : fragment.projections()) {
            project.addExpressions(expressions.write(projection));
            emit.addOutputMapping(position);
            position++;
        }
        return Rel.newBuilder()
                .setProject(project.setCommon(RelCommon.newBuilder().setEmit(emit)))
                .build();
    }

    private static Rel sort(List<SortKey> keys, Rel input) {
        SortRel.Builder sort = SortRel.newBuilder().setInput(input);
        for (SortKey key : keys) {
            SortField.SortDirection direction = key.descending()
                    ? key.nullsFirst()
                            ? SortField.SortDirection.SORT_DIRECTION_DESC_NULLS_FIRST
                            : SortField.SortDirection.SORT_DIRECTION_DESC_NULLS_LAST
                    : key.nullsFirst()
                            ? SortField.SortDirection.SORT_DIRECTION_ASC_NULLS_FIRST
                            : SortField.SortDirection.SORT_DIRECTION_ASC_NULLS_LAST;
            sort.addSorts(SortField.newBuilder()
                    .setExpr(ExpressionWriter.field(key.column()))
                    .setDirection(direction));
        }
        return Rel.newBuilder().setSort(sort).build();
    }

    private static Rel fetch(Rel input, long limit, @Nullable AdvancedExtension extension) {
        FetchRel.Builder fetch = FetchRel.newBuilder()
                .setInput(input)
                .setCountExpr(ExpressionWriter.literal(new Expr.Literal(DataType.INT64, limit)));
        if (extension != null) {
            fetch.setAdvancedExtension(extension);
        }
        return Rel.newBuilder().setFetch(fetch).build();
    }

    private Rel aggregate(Fragment fragment, Terminal.Aggregate aggregate, Rel input) {
        AggregateRel.Builder out = AggregateRel.newBuilder().setInput(input);
        AggregateRel.Grouping.Builder grouping = AggregateRel.Grouping.newBuilder();
        for (int i = 0; i < aggregate.keys().size(); i++) {
            out.addGroupingExpressions(ExpressionWriter.field(aggregate.keys().get(i)));
            grouping.addExpressionReferences(i);
        }
        out.addGroupings(grouping);
        for (AggregateCall call : aggregate.calls()) {
            out.addMeasures(measure(fragment, call));
        }
        if (aggregate.completion() != null) {
            out.setAdvancedExtension(GroupCompletions.write(aggregate.completion()));
        }
        return Rel.newBuilder().setAggregate(out).build();
    }

    private AggregateRel.Measure measure(Fragment fragment, AggregateCall call) {
        DataType arg = fragment.argType(call);
        DataType state = call.function().stateType(arg);
        Signature signature = AggregateTable.signature(call.function(), arg);
        io.substrait.proto.AggregateFunction.Builder function = io.substrait.proto.AggregateFunction.newBuilder()
                .setFunctionReference(declarations.anchor(signature.urn(), signature.name()))
                .addAllOptions(signature.options())
                .setPhase(AggregationPhase.AGGREGATION_PHASE_INITIAL_TO_INTERMEDIATE)
                .setInvocation(io.substrait.proto.AggregateFunction.AggregationInvocation.AGGREGATION_INVOCATION_ALL)
                .setOutputType(PlanTypes.write(state));
        if (call.arg() >= 0) {
            function.addArguments(FunctionArgument.newBuilder().setValue(ExpressionWriter.field(call.arg())));
        }
        AggregateRel.Measure.Builder measure = AggregateRel.Measure.newBuilder().setMeasure(function);
        if (call.filter() >= 0) {
            Expression filter = ExpressionWriter.field(call.filter());
            measure.setFilter(filter);
        }
        return measure.build();
    }
}
