package dev.aquifer.protocol.substrait;

import dev.aquifer.protocol.proto.RowPosition;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import io.substrait.proto.AggregateRel;
import io.substrait.proto.AggregationPhase;
import io.substrait.proto.Expression;
import io.substrait.proto.FetchRel;
import io.substrait.proto.FilterRel;
import io.substrait.proto.ProjectRel;
import io.substrait.proto.ReadRel;
import io.substrait.proto.Rel;
import io.substrait.proto.RelCommon;
import io.substrait.proto.SortField;
import io.substrait.proto.SortRel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A chain of Substrait relations as one fragment. One for each plan. */
final class RelationReader {
    private final ExpressionReader expressions;
    private final PlanLimits limits;

    RelationReader(ExpressionReader expressions, PlanLimits limits) {
        this.expressions = expressions;
        this.limits = limits;
    }

    /** Rows on their way: where they come from, what passed, and the fields they have now. */
    private record Stream(
            List<Field> columns,
            FileLists.FileList files,
            @Nullable Sized filter,
            List<Sized> fields) {
        Stream withFields(List<Sized> newFields) {
            return new Stream(columns, files, filter, newFields);
        }
    }

    private FragmentRequest request(Stream stream, List<Sized> projections, Terminal terminal) {
        Sized filter = stream.filter();
        long nodes = width(terminal) + (filter == null ? 0 : filter.nodes());
        for (Sized projection : projections) {
            nodes += projection.nodes();
        }
        expressions.requireNodes(nodes);
        Fragment fragment = new Fragment(
                stream.columns(),
                filter == null ? null : filter.expr(),
                projections.stream().map(Sized::expr).toList(),
                terminal);
        return new FragmentRequest(
                fragment, stream.files().slices(), stream.files().files());
    }

    private static long width(Terminal terminal) {
        return switch (terminal) {
            case Terminal.Rows rows -> 0;
            case Terminal.Aggregate aggregate ->
                aggregate.keys().size()
                        + (long) aggregate.calls().size()
                        + GroupCompletions.width(aggregate.completion());
            case Terminal.TopN top -> top.keys().size();
        };
    }

    FragmentRequest read(Rel rel) {
        return switch (rel.getRelTypeCase()) {
            case FETCH -> fetch(rel.getFetch());
            case AGGREGATE -> aggregate(rel.getAggregate());
            case SORT ->
                throw new AquiferException(
                        ErrorCode.UNSUPPORTED, "a node sorts only under a fetch: rows come in the order of the table");
            case READ, FILTER, PROJECT -> {
                Stream stream = stream(rel, 1);
                yield request(stream, stream.fields(), new Terminal.Rows(-1));
            }
            case JOIN,
                    SET,
                    EXTENSION_SINGLE,
                    EXTENSION_MULTI,
                    EXTENSION_LEAF,
                    CROSS,
                    REFERENCE,
                    WRITE,
                    DDL,
                    UPDATE,
                    HASH_JOIN,
                    MERGE_JOIN,
                    NESTED_LOOP_JOIN,
                    WINDOW,
                    EXCHANGE,
                    EXPAND,
                    RELTYPE_NOT_SET -> throw unsupported(rel);
        };
    }

    private static AquiferException unsupported(Rel rel) {
        return rel.getRelTypeCase() == Rel.RelTypeCase.RELTYPE_NOT_SET
                ? new AquiferException(ErrorCode.INVALID_PLAN, "a relation is not set")
                : new AquiferException(
                        ErrorCode.UNSUPPORTED,
                        "the relation " + rel.getRelTypeCase() + " is not one a node runs there: fragments are read,"
                                + " filter and project, then fetch, aggregate, or fetch over sort");
    }

    private Stream stream(Rel rel, int level) {
        if (level > limits.maxDepth()) {
            throw new AquiferException(
                    ErrorCode.PLAN_TOO_LARGE, "the plan has more than " + limits.maxDepth() + " relations");
        }
        if (rel.hasRead()) {
            return read(rel.getRead());
        }
        if (rel.hasFilter()) {
            FilterRel filter = rel.getFilter();
            Extensions.refuse(filter.getAdvancedExtension(), "a filter");
            Stream input = stream(filter.getInput(), level + 1);
            Stream filtered = filtered(input, expressions.read(filter.getCondition(), input.fields()));
            return filtered.withFields(emit(filter.getCommon(), filtered.fields(), "a filter"));
        }
        if (rel.hasProject()) {
            ProjectRel project = rel.getProject();
            Extensions.refuse(project.getAdvancedExtension(), "a projection");
            Stream input = stream(project.getInput(), level + 1);
            List<Sized> fields = new ArrayList<>(input.fields());
            for (Expression expression : project.getExpressionsList()) {
                Sized field = expressions.read(expression, input.fields());
                fields.add(field);
            }
            return input.withFields(emit(project.getCommon(), fields, "a projection"));
        }
        throw unsupported(rel);
    }

    private Stream filtered(Stream input, Sized condition) {
        Sized before = input.filter();
        Sized both = before == null ? condition : expressions.call(Function.AND, List.of(before, condition));
        return new Stream(input.columns(), input.files(), both, input.fields());
    }

    private Stream read(ReadRel read) {
        Extensions.refuse(read.getAdvancedExtension(), "a read");
        if (read.getReadTypeCase() != ReadRel.ReadTypeCase.LOCAL_FILES) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED, "a node reads files, and the plan reads " + read.getReadTypeCase());
        }
        int names = read.getBaseSchema().getNamesCount();
        int types = read.getBaseSchema().getStruct().getTypesCount();
        if (names != types) {
            throw new AquiferException(
                    ErrorCode.INVALID_PLAN, "the base schema has " + names + " names and " + types + " types");
        }
        expressions.requireNodes(names);
        List<Field> columns = new ArrayList<>(names);
        List<Sized> fields = new ArrayList<>(names);
        for (int i = 0; i < names; i++) {
            DataType type = PlanTypes.read(read.getBaseSchema().getStruct().getTypes(i));
            columns.add(new Field(read.getBaseSchema().getNames(i), type));
            fields.add(Sized.leaf(new Expr.ColumnRef(i, type)));
        }
        Stream stream = new Stream(columns, FileLists.read(read.getLocalFiles()), null, fields);
        if (read.hasFilter()) {
            stream = filtered(stream, expressions.read(read.getFilter(), fields));
        }
        if (read.hasProjection()) {
            stream = stream.withFields(masked(read.getProjection(), fields));
        }
        return stream.withFields(emit(read.getCommon(), stream.fields(), "a read"));
    }

    private static List<Sized> masked(Expression.MaskExpression mask, List<Sized> fields) {
        List<Sized> kept = new ArrayList<>();
        for (Expression.MaskExpression.StructItem item : mask.getSelect().getStructItemsList()) {
            if (item.hasChild()) {
                throw new AquiferException(ErrorCode.UNSUPPORTED, "a read selects a part of a nested column");
            }
            kept.add(fields.get(inRange(item.getField(), fields.size())));
        }
        return kept;
    }

    private static List<Sized> emit(RelCommon common, List<Sized> fields, String where) {
        Extensions.refuse(common, where);
        if (common.getEmitKindCase() != RelCommon.EmitKindCase.EMIT) {
            return fields;
        }
        List<Sized> emitted = new ArrayList<>(common.getEmit().getOutputMappingCount());
        for (int field : common.getEmit().getOutputMappingList()) {
            emitted.add(fields.get(inRange(field, fields.size())));
        }
        return emitted;
    }

    private static int inRange(int field, int fields) {
        if (field < 0 || field >= fields) {
            throw new AquiferException(
                    ErrorCode.INVALID_PLAN, "field " + field + " is out of range: the row has " + fields + " fields");
        }
        return field;
    }

    private static void refuseEmit(RelCommon common, String where) {
        Extensions.refuse(common, where);
        if (common.getEmitKindCase() == RelCommon.EmitKindCase.EMIT) {
            throw new AquiferException(ErrorCode.UNSUPPORTED, where + " cannot reorder its columns");
        }
    }

    private FragmentRequest fetch(FetchRel fetch) {
        refuseEmit(fetch.getCommon(), "a fetch");
        Fetches.requireNoOffset(fetch);
        long limit = Fetches.count(fetch);
        if (!fetch.getInput().hasSort()) {
            Extensions.refuse(fetch.getAdvancedExtension(), "a fetch");
            Stream stream = stream(fetch.getInput(), 1);
            return request(stream, stream.fields(), new Terminal.Rows(limit));
        }
        Extensions.require(
                fetch.getAdvancedExtension(),
                RowPosition.class,
                "a fetch over a sort",
                "its rows carry their position in a last column");
        if (limit < 0) {
            throw new AquiferException(ErrorCode.UNSUPPORTED, "a fetch of all rows over a sort");
        }
        SortRel sort = fetch.getInput().getSort();
        refuseEmit(sort.getCommon(), "a sort");
        Extensions.refuse(sort.getAdvancedExtension(), "a sort");
        Stream stream = stream(sort.getInput(), 1);
        List<Sized> projections = new ArrayList<>(stream.fields());
        List<SortKey> keys = new ArrayList<>(sort.getSortsCount());
        for (SortField field : sort.getSortsList()) {
            // Sorting by a computed value would return it too.
            if (!field.getExpr().hasSelection()) {
                throw new AquiferException(ErrorCode.UNSUPPORTED, "a sort key that is not a field: project it first");
            }
            int position = ExpressionReader.fieldIndex(field.getExpr().getSelection(), projections.size());
            keys.add(Fetches.key(field, position));
        }
        return request(stream, projections, new Terminal.TopN(keys, limit));
    }

    private FragmentRequest aggregate(AggregateRel aggregate) {
        refuseEmit(aggregate.getCommon(), "an aggregation");
        Completion completion = GroupCompletions.read(aggregate.getAdvancedExtension());
        if (aggregate.getGroupingsCount() > 1) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED, "grouping sets: " + aggregate.getGroupingsCount() + " of them");
        }
        Stream stream = stream(aggregate.getInput(), 1);
        List<Sized> projections = new ArrayList<>(stream.fields());
        List<Integer> keys = new ArrayList<>();
        for (AggregateRel.Grouping grouping : aggregate.getGroupingsList()) {
            for (int reference : grouping.getExpressionReferencesList()) {
                if (reference < 0 || reference >= aggregate.getGroupingExpressionsCount()) {
                    throw new AquiferException(
                            ErrorCode.INVALID_PLAN,
                            "grouping expression " + Integer.toUnsignedString(reference)
                                    + " is out of range: there are " + aggregate.getGroupingExpressionsCount());
                }
                keys.add(position(aggregate.getGroupingExpressions(reference), stream.fields(), projections));
            }
        }
        if (keys.size() < aggregate.getGroupingExpressionsCount()) {
            throw new AquiferException(
                    ErrorCode.INVALID_PLAN,
                    aggregate.getGroupingExpressionsCount() + " grouping expressions, of which " + keys.size()
                            + " are referred to");
        }
        List<AggregateCall> calls = new ArrayList<>();
        List<DataType> declared = new ArrayList<>();
        for (AggregateRel.Measure measure : aggregate.getMeasuresList()) {
            calls.add(measure(measure, stream.fields(), projections));
            declared.add(
                    measure.getMeasure().hasOutputType()
                            ? PlanTypes.read(measure.getMeasure().getOutputType())
                            : null);
        }
        FragmentRequest request = request(stream, projections, new Terminal.Aggregate(keys, calls, completion));
        checkStates(request.fragment(), calls, declared);
        return request;
    }

    private AggregateCall measure(AggregateRel.Measure measure, List<Sized> fields, List<Sized> projections) {
        io.substrait.proto.AggregateFunction plan = measure.getMeasure();
        AggregateFunction function = AggregateTable.resolve(expressions.declared(plan.getFunctionReference()));
        Fetches.checkMeasure(plan);
        if (plan.getPhase() != AggregationPhase.AGGREGATION_PHASE_INITIAL_TO_INTERMEDIATE) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED,
                    "a node aggregates in phase INITIAL_TO_INTERMEDIATE, not " + plan.getPhase());
        }
        int arg = -1;
        if (plan.getArgumentsCount() > 0) {
            if (plan.getArgumentsCount() > 1 || !plan.getArguments(0).hasValue()) {
                throw new AquiferException(ErrorCode.INVALID_PLAN, function + " takes one value");
            }
            arg = position(plan.getArguments(0).getValue(), fields, projections);
        }
        int filter = measure.hasFilter() ? position(measure.getFilter(), fields, projections) : -1;
        return new AggregateCall(function, arg, filter);
    }

    /** A field by its position; anything else becomes one more projection. */
    private int position(Expression expression, List<Sized> fields, List<Sized> projections) {
        if (expression.hasSelection()) {
            return ExpressionReader.fieldIndex(expression.getSelection(), fields.size());
        }
        Sized computed = expressions.read(expression, fields);
        projections.add(computed);
        return projections.size() - 1;
    }

    private static void checkStates(Fragment fragment, List<AggregateCall> calls, List<@Nullable DataType> declared) {
        fragment.check();
        for (int i = 0; i < calls.size(); i++) {
            AggregateCall call = calls.get(i);
            DataType state = call.function().stateType(fragment.argType(call));
            DataType type = declared.get(i);
            if (type != null && !type.equals(state)) {
                throw new AquiferException(
                        ErrorCode.TYPE_MISMATCH,
                        "the state of " + call.function() + " of " + fragment.argType(call) + " is " + state
                                + ", and the plan says " + type);
            }
        }
    }
}
