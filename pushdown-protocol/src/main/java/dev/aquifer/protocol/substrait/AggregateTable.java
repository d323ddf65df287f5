package dev.aquifer.protocol.substrait;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.type.DataType;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which Substrait function each aggregate is. Sums of integers, floats and wide decimals keep more than Substrait's
 * intermediate types can hold, and so are Aquifer's own.
 */
final class AggregateTable {
    private static final Map<String, AggregateFunction> STANDARD = Map.of(
            Urns.AGGREGATE + "/count", AggregateFunction.COUNT,
            Urns.ARITHMETIC + "/sum", AggregateFunction.SUM,
            Urns.ARITHMETIC + "/min", AggregateFunction.MIN,
            Urns.ARITHMETIC + "/max", AggregateFunction.MAX,
            Urns.DECIMAL + "/sum", AggregateFunction.SUM,
            Urns.DECIMAL + "/min", AggregateFunction.MIN,
            Urns.DECIMAL + "/max", AggregateFunction.MAX,
            Urns.DATETIME + "/min", AggregateFunction.MIN,
            Urns.DATETIME + "/max", AggregateFunction.MAX);

    private AggregateTable() {}

    static Signature signature(AggregateFunction function, @Nullable DataType arg) {
        String base = function.name().toLowerCase(Locale.ROOT);
        if (arg == null) {
            return Signature.of(Urns.AGGREGATE, base + ":", Signature.option("overflow", "ERROR"));
        }
        String name = base + ":" + PlanTypes.letters(arg);
        return switch (function) {
            case COUNT -> Signature.of(Urns.AGGREGATE, "count:any", Signature.option("overflow", "ERROR"));
            case SUM ->
                arg.isDecimal() && arg.precision() <= DataType.MAX_LONG_PRECISION
                        ? Signature.of(Urns.DECIMAL, name, Signature.option("overflow", "ERROR"))
                        : Signature.of(Urns.AQUIFER, name);
            case MIN, MAX ->
                switch (arg.kind()) {
                    case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64 -> Signature.of(Urns.ARITHMETIC, name);
                    case DECIMAL -> Signature.of(Urns.DECIMAL, name);
                    case DATE, TIMESTAMP -> Signature.of(Urns.DATETIME, name);
                    case BOOLEAN, VARCHAR, BINARY -> Signature.of(Urns.AQUIFER, name);
                };
        };
    }

    /** @throws AquiferException UNKNOWN_FUNCTION */
    static AggregateFunction resolve(FunctionName name) {
        AggregateFunction standard = STANDARD.get(name.urn() + "/" + name.base());
        if (standard != null) {
            return standard;
        }
        if (name.urn().equals(Urns.AQUIFER)) {
            for (AggregateFunction function : AggregateFunction.values()) {
                if (function.name().toLowerCase(Locale.ROOT).equals(name.base())) {
                    return function;
                }
            }
        }
        throw new AquiferException(ErrorCode.UNKNOWN_FUNCTION, "the aggregate function " + name + " is not known");
    }
}
