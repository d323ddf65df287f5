package dev.aquifer.protocol.substrait;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.aquifer.protocol.proto.DistinctGroups;
import dev.aquifer.protocol.proto.GroupAverage;
import dev.aquifer.protocol.proto.GroupCompletion;
import dev.aquifer.protocol.proto.GroupOrder;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.fragment.FinalColumn;
import io.substrait.proto.AdvancedExtension;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Completions of aggregations, as enhancements of their relation. */
final class GroupCompletions {
    private GroupCompletions() {}

    static AdvancedExtension write(Completion completion) {
        GroupCompletion.Builder out = GroupCompletion.newBuilder();
        switch (completion) {
            case Completion.Top top -> {
                out.getTopBuilder().setLimit(top.limit());
                top.order().forEach(key -> out.getTopBuilder().addOrder(order(key)));
            }
            case Completion.Distinct distinct -> {
                out.getDistinctBuilder();
                distinct.functions()
                        .forEach(function -> out.getDistinctBuilder().addFunctions(function(function)));
            }
        }
        return AdvancedExtension.newBuilder()
                .setEnhancement(Any.pack(out.build()))
                .build();
    }

    private static GroupOrder order(Completion.Key key) {
        GroupOrder.Builder order =
                GroupOrder.newBuilder().setDescending(key.descending()).setNullsFirst(key.nullsFirst());
        switch (key.column()) {
            case FinalColumn.Key group -> order.setKey(group.key());
            case FinalColumn.Value value -> order.setMeasure(value.state());
            case FinalColumn.Average average ->
                order.setAverage(GroupAverage.newBuilder().setSum(average.sum()).setCount(average.count()));
        }
        return order.build();
    }

    private static DistinctGroups.Function function(AggregateFunction function) {
        return switch (function) {
            case COUNT -> DistinctGroups.Function.FUNCTION_COUNT;
            case SUM -> DistinctGroups.Function.FUNCTION_SUM;
            case MIN, MAX -> throw new IllegalArgumentException(function + " of distinct values is that of all");
        };
    }

    /** How many entries a plan may be charged for. */
    static int width(@Nullable Completion completion) {
        return switch (completion) {
            case null -> 0;
            case Completion.Top top -> top.order().size();
            case Completion.Distinct distinct -> distinct.functions().size();
        };
    }

    /** @throws AquiferException UNSUPPORTED for another enhancement; INVALID_PLAN where this one is malformed */
    static @Nullable Completion read(AdvancedExtension extension) {
        if (!extension.hasEnhancement()) {
            return null;
        }
        Extensions.require(extension, GroupCompletion.class, "an aggregation", "its groups are completed");
        try {
            GroupCompletion in = extension.getEnhancement().unpack(GroupCompletion.class);
            return switch (in.getCompletionCase()) {
                case TOP -> {
                    List<Completion.Key> order = new ArrayList<>();
                    in.getTop().getOrderList().forEach(key -> order.add(key(key)));
                    yield new Completion.Top(order, in.getTop().getLimit());
                }
                case DISTINCT -> {
                    List<AggregateFunction> functions = new ArrayList<>();
                    in.getDistinct().getFunctionsList().forEach(function -> functions.add(function(function)));
                    yield new Completion.Distinct(functions);
                }
                case COMPLETION_NOT_SET -> throw malformed("says nothing");
            };
        } catch (InvalidProtocolBufferException e) {
            throw new AquiferException(ErrorCode.INVALID_PLAN, "a completion of groups that is none", e);
        }
    }

    private static Completion.Key key(GroupOrder order) {
        FinalColumn column = switch (order.getColumnCase()) {
            case KEY -> new FinalColumn.Key(order.getKey());
            case MEASURE -> new FinalColumn.Value(order.getMeasure());
            case AVERAGE ->
                new FinalColumn.Average(
                        order.getAverage().getSum(), order.getAverage().getCount());
            case COLUMN_NOT_SET -> throw malformed("orders by nothing");
        };
        return new Completion.Key(column, order.getDescending(), order.getNullsFirst());
    }

    private static AggregateFunction function(DistinctGroups.Function function) {
        return switch (function) {
            case FUNCTION_COUNT -> AggregateFunction.COUNT;
            case FUNCTION_SUM -> AggregateFunction.SUM;
            case FUNCTION_UNSPECIFIED, UNRECOGNIZED -> throw malformed("asks for the function " + function);
        };
    }

    private static AquiferException malformed(String what) {
        return new AquiferException(ErrorCode.INVALID_PLAN, "a completion of groups " + what);
    }
}
