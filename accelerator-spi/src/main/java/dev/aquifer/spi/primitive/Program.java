package dev.aquifer.spi.primitive;

import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A primitive program in static single assignment form: operation {@code i} writes register {@code i}, once.
 *
 * @param columns types of the scanned columns
 * @param parameters places for constants
 * @param ops operations in an order that can be executed
 * @param filter BOOLEAN register: rows where it is true reach the sink; -1 for all rows
 */
public record Program(List<DataType> columns, List<Parameter> parameters, List<Op> ops, int filter, Sink sink) {
    public Program {
        columns = List.copyOf(columns);
        parameters = List.copyOf(parameters);
        ops = List.copyOf(ops);
    }

    public DataType typeOf(int register) {
        return ops.get(register).type();
    }

    public @Nullable DataType argType(Sink.Call call) {
        return call.arg() < 0 ? null : typeOf(call.arg());
    }

    /** The types of the batches of a whole result; {@link dev.aquifer.spi.fragment.Fragment#outputTypes()} in terms of registers. */
    public List<DataType> outputTypes() {
        List<DataType> types = new ArrayList<>();
        switch (sink) {
            case Sink.Rows rows -> rows.outputs().forEach(register -> types.add(typeOf(register)));
            case Sink.Aggregate aggregate -> {
                aggregate.keys().forEach(register -> types.add(typeOf(register)));
                for (Sink.Call call : aggregate.calls()) {
                    AggregateFunction function = call.function();
                    types.add(function.stateType(argType(call)));
                }
                if (aggregate.completion() instanceof Completion.Distinct distinct) {
                    distinct.complete(types, aggregate.keys().size());
                }
            }
            case Sink.TopN top -> {
                top.outputs().forEach(register -> types.add(typeOf(register)));
                types.add(DataType.INT64);
            }
        }
        return types;
    }

    /**
     * Checks what an execution brings.
     *
     * @throws IllegalArgumentException if the arguments are not one for each parameter, of its kind
     */
    public void checkArguments(List<Argument> arguments) {
        if (arguments.size() != parameters.size()) {
            throw new IllegalArgumentException(
                    arguments.size() + " arguments for " + parameters.size() + " parameters");
        }
        for (int i = 0; i < arguments.size(); i++) {
            Parameter.Kind kind = arguments.get(i).kind();
            Parameter.Kind wanted = parameters.get(i).kind();
            if (kind != wanted) {
                throw new IllegalArgumentException("argument " + i + " is a " + kind + ", not a " + wanted);
            }
        }
    }

    /** One operation a line, for EXPLAIN and test failures. */
    public String listing() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ops.size(); i++) {
            Op op = ops.get(i);
            text.append("r").append(i).append(" = ").append(op.primitive());
            if (op.index() >= 0) {
                text.append(" #").append(op.index());
            }
            op.args().forEach(arg -> text.append(" r").append(arg));
            if (op.mask() >= 0) {
                text.append(" where r").append(op.mask());
            }
            text.append(" : ").append(op.type()).append('\n');
        }
        if (filter >= 0) {
            text.append("filter r").append(filter).append('\n');
        }
        return text.append(sink).append('\n').toString();
    }
}
