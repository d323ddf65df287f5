package dev.aquifer.hwtests.generate;

import dev.aquifer.spi.expr.Function;
import java.util.List;
import java.util.stream.Stream;

/** Functions that take the same arguments. */
final class FunctionGroups {
    static final List<Function> COMPARISONS = List.of(
            Function.EQUAL,
            Function.NOT_EQUAL,
            Function.LESS,
            Function.LESS_OR_EQUAL,
            Function.GREATER,
            Function.GREATER_OR_EQUAL,
            Function.IS_DISTINCT_FROM,
            Function.IS_NOT_DISTINCT_FROM);
    static final List<Function> OF_BOOLEAN =
            List.of(Function.NOT, Function.IS_TRUE, Function.IS_NOT_TRUE, Function.IS_FALSE, Function.IS_NOT_FALSE);
    static final List<Function> ARITHMETIC =
            List.of(Function.ADD, Function.SUBTRACT, Function.MULTIPLY, Function.DIVIDE, Function.MODULO);
    static final List<Function> OF_NUMBER =
            List.of(Function.NEGATE, Function.ABS, Function.ROUND, Function.FLOOR, Function.CEIL);
    /** Of a DATE or TIMESTAMP. */
    static final List<Function> EXTRACTS = startingWith("EXTRACT_");
    /** Of a DATE or TIMESTAMP. */
    static final List<Function> TRUNCATES = startingWith("TRUNCATE_");

    private FunctionGroups() {}

    private static List<Function> startingWith(String prefix) {
        return Stream.of(Function.values())
                .filter(function -> function.name().startsWith(prefix))
                .toList();
    }
}
