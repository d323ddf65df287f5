package dev.aquifer.benchmarks.primitive;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which cases are wanted; an empty list wants all.
 *
 * @param primitives names, or what names begin with before an underscore: {@code like} has {@code like_prefix} too
 * @param types such as {@code INT64} or {@code DECIMAL(15,2)}; {@code DECIMAL} has all of them
 */
public record CaseFilter(
        List<String> primitives, List<String> types, List<String> encodings, List<Double> selectivities) {
    public CaseFilter {
        primitives = List.copyOf(primitives);
        types = List.copyOf(types);
        encodings = List.copyOf(encodings);
        selectivities = List.copyOf(selectivities);
    }

    public boolean wantsAll() {
        return primitives.isEmpty() && types.isEmpty() && encodings.isEmpty() && selectivities.isEmpty();
    }

    /** @throws AquiferException USAGE where a name is that of no case, with those that are, and where no case is left */
    public List<PrimitiveCase> of(List<PrimitiveCase> all) {
        Stream<PrimitiveCase> left = all.stream();
        left = kept(left, all, "primitive", primitives, PrimitiveCase::primitive, (name, of) -> isNamed(name, of, "_"));
        left = kept(left, all, "type", types, each -> each.type().toString(), (name, of) -> isNamed(name, of, "("));
        left = kept(left, all, "encoding", encodings, each -> each.encoding().name(), String::equals);
        left = kept(
                left,
                all,
                "selectivity",
                selectivities.stream().map(String::valueOf).toList(),
                each -> String.valueOf(each.selectivity()),
                String::equals);
        List<PrimitiveCase> cases = left.toList();
        if (cases.isEmpty()) {
            throw new AquiferException(
                    ErrorCode.USAGE,
                    "no case has all of "
                            + Stream.of(primitives, types, encodings, selectivities)
                                    .filter(each -> !each.isEmpty())
                                    .map(each ->
                                            each.stream().map(String::valueOf).collect(Collectors.joining(" or ")))
                                    .collect(Collectors.joining(", ")));
        }
        return cases;
    }

    private static boolean isNamed(String name, String of, String border) {
        return of.equals(name) || of.startsWith(name + border);
    }

    private static Stream<PrimitiveCase> kept(
            Stream<PrimitiveCase> cases,
            List<PrimitiveCase> all,
            String what,
            List<String> names,
            Function<PrimitiveCase, String> property,
            BiPredicate<String, String> matches) {
        if (names.isEmpty()) {
            return cases;
        }
        List<String> known = all.stream()
                .map(property)
                .filter(each -> !each.equals("null"))
                .distinct()
                .sorted()
                .toList();
        BiPredicate<String, String> matchesAnyCase =
                (name, of) -> matches.test(name.toLowerCase(Locale.ROOT), of.toLowerCase(Locale.ROOT));
        for (String name : names) {
            if (known.stream().noneMatch(each -> matchesAnyCase.test(name, each))) {
                throw new AquiferException(
                        ErrorCode.USAGE,
                        "there is no " + what + " " + name + "; there are " + String.join(", ", known));
            }
        }
        return cases.filter(each -> names.stream().anyMatch(name -> matchesAnyCase.test(name, property.apply(each))));
    }
}
