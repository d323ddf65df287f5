package dev.aquifer.cli.config;

import dev.aquifer.cli.output.Streams;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What surrounds a command; tests give it their own.
 *
 * @param variables the environment variables
 * @param streams standard input, output and error
 * @param terminal whether a person sits there: standard input and output are a terminal
 */
public record Environment(Map<String, String> variables, Streams streams, BooleanSupplier terminal) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** A variable, or an empty text where it is not set. */
    public String variable(String name) {
        return variables.getOrDefault(name, "").strip();
    }
}
