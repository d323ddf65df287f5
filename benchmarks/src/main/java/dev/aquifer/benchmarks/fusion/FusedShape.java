package dev.aquifer.benchmarks.fusion;

import dev.aquifer.spi.compile.CompiledFragment;
import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.primitive.Sink;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A program of the one shape that is fused.
 *
 * @param ranges what the columns of the conjunction may be
 * @param factors the two columns whose product is summed, or none to count
 */
record FusedShape(List<Range> ranges, List<Integer> factors) {
    /** The values, both inclusive, that a column may have. */
    record Range(int column, long low, long high) {
        Range and(Range other) {
            return new Range(column, Math.max(low, other.low), Math.min(high, other.high));
        }
    }

    FusedShape {
        ranges = List.copyOf(ranges);
        factors = List.copyOf(factors);
    }

    /** @throws IllegalArgumentException if the program has another shape */
    static FusedShape of(CompiledFragment fragment) {
        Program program = fragment.program();
        Map<Integer, Range> ranges = new LinkedHashMap<>();
        collect(fragment, program.filter(), ranges);
        Collection<Range> found = ranges.values();
        if (program.sink() instanceof Sink.Aggregate aggregate
                && aggregate.keys().isEmpty()
                && aggregate.calls().size() == 1) {
            int arg = aggregate.calls().getFirst().arg();
            if (arg < 0) {
                return new FusedShape(List.copyOf(found), List.of());
            }
            Op product = program.ops().get(arg);
            if (product.primitive() == Primitive.MULTIPLY) {
                return new FusedShape(
                        List.copyOf(found),
                        product.args().stream()
                                .map(each -> column(program, each))
                                .toList());
            }
        }
        throw new IllegalArgumentException("no sum of a product and no count:\n" + program.listing());
    }

    private static void collect(CompiledFragment fragment, int register, Map<Integer, Range> ranges) {
        Program program = fragment.program();
        Op op = program.ops().get(register);
        if (op.primitive() == Primitive.AND) {
            op.args().forEach(arg -> collect(fragment, arg, ranges));
            return;
        }
        int column = column(program, op.arg(0));
        Op parameter = program.ops().get(op.arg(1));
        if (!(fragment.arguments().get(parameter.index()) instanceof Argument.Value constant)) {
            throw new IllegalArgumentException(op + " compares with no constant");
        }
        long value = (Long) Objects.requireNonNull(constant.value());
        Range range = switch (op.primitive()) {
            case LESS -> new Range(column, Long.MIN_VALUE, value - 1);
            case LESS_OR_EQUAL -> new Range(column, Long.MIN_VALUE, value);
            case GREATER -> new Range(column, value + 1, Long.MAX_VALUE);
            case GREATER_OR_EQUAL -> new Range(column, value, Long.MAX_VALUE);
            default -> throw new IllegalArgumentException(op + " is no range");
        };
        ranges.merge(column, range, Range::and);
    }

    private static int column(Program program, int register) {
        Op op = program.ops().get(register);
        if (op.primitive() != Primitive.LOAD) {
            throw new IllegalArgumentException(op + " is no column");
        }
        return op.index();
    }
}
