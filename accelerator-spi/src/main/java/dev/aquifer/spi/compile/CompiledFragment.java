package dev.aquifer.spi.compile;

import dev.aquifer.spi.primitive.Argument;
import dev.aquifer.spi.primitive.Program;
import java.util.List;

/**
 * A program and the constants of the fragment it was made from. Fragments that differ in constants alone give equal
 * programs.
 */
public record CompiledFragment(Program program, List<Argument> arguments) {
    public CompiledFragment {
        arguments = List.copyOf(arguments);
    }
}
