package dev.aquifer.protocol.substrait;

import io.substrait.proto.FunctionOption;
import java.util.List;

/**
 * How a call is written: which function of which extension, and what stands beside its values.
 *
 * @param urn the extension
 * @param name the function's compound name, as {@code add:i32_i32}
 * @param enums arguments that are words, before the values
 * @param options behaviours asked for
 */
record Signature(String urn, String name, List<String> enums, List<FunctionOption> options) {
    Signature {
        enums = List.copyOf(enums);
        options = List.copyOf(options);
    }

    static Signature of(String urn, String name, FunctionOption... options) {
        return new Signature(urn, name, List.of(), List.of(options));
    }

    static FunctionOption option(String name, String value) {
        return FunctionOption.newBuilder().setName(name).addPreference(value).build();
    }
}
