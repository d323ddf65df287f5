package dev.aquifer.cpu.device;

import dev.aquifer.spi.device.Accumulator;
import dev.aquifer.spi.device.ExecutionContext;
import dev.aquifer.spi.device.Kernel;
import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Parameter;
import dev.aquifer.spi.primitive.Program;
import java.util.List;

/** A program; what depends on its constants is prepared when an execution brings them. */
final class CpuKernel implements Kernel {
    private final Program program;

    CpuKernel(Program program) {
        this.program = program;
    }

    @Override
    public Program program() {
        return program;
    }

    @Override
    public Accumulator open(List<Argument> arguments, ExecutionContext context) {
        List<Parameter> parameters = program.parameters();
        if (arguments.size() != parameters.size()) {
            throw new IllegalArgumentException(
                    arguments.size() + " arguments for " + parameters.size() + " parameters");
        }
        for (int i = 0; i < arguments.size(); i++) {
            Parameter.Kind kind = switch (arguments.get(i)) {
                case Argument.Value value -> Parameter.Kind.VALUE;
                case Argument.ValueSet set -> Parameter.Kind.SET;
                case Argument.Pattern pattern -> Parameter.Kind.PATTERN;
                case Argument.Expression expression -> Parameter.Kind.EXPRESSION;
            };
            if (kind != parameters.get(i).kind()) {
                throw new IllegalArgumentException("argument " + i + " is a " + kind + ", not a "
                        + parameters.get(i).kind());
            }
        }
        return new CpuAccumulator(program, arguments, context);
    }

    @Override
    public void close() {
        // Nothing but garbage is held.
    }
}
