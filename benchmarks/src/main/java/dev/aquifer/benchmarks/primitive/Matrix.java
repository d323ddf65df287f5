package dev.aquifer.benchmarks.primitive;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All cases, in the order in which they are reported. */
public final class Matrix {
    private static final List<PrimitiveCase> ALL = Stream.of(
                    CompareCases.cases(),
                    TextCases.cases(),
                    ArithmeticCases.cases(),
                    ScalarCases.cases(),
                    AggregateCases.cases(),
                    RowCases.cases())
            .flatMap(List::stream)
            .toList();

    private Matrix() {}

    public static List<PrimitiveCase> all() {
        return ALL;
    }

    /** @throws AquiferException USAGE where no case has this {@link PrimitiveCase#id() id} */
    public static PrimitiveCase byId(String id) {
        return ALL.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AquiferException(ErrorCode.USAGE, "there is no case " + id));
    }

    /** One case of each kind: the first of those whose primitives have the same first word. */
    public static List<PrimitiveCase> overview() {
        Map<String, PrimitiveCase> first = new LinkedHashMap<>();
        for (PrimitiveCase each : ALL) {
            first.putIfAbsent(each.primitive().replaceFirst("_.*", ""), each);
        }
        return List.copyOf(first.values());
    }
}
