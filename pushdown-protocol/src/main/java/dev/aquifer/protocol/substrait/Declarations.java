package dev.aquifer.protocol.substrait;

import io.substrait.proto.Plan;
import io.substrait.proto.SimpleExtensionDeclaration;
import io.substrait.proto.SimpleExtensionURN;
import java.util.LinkedHashMap;
import java.util.Map;

/** The functions a plan under construction uses, numbered as they appear. */
final class Declarations {
    private final Map<String, Integer> urns = new LinkedHashMap<>();
    private final Map<Name, Integer> functions = new LinkedHashMap<>();

    private record Name(String urn, String name) {}

    /** The number by which the plan refers to a function; from 1. */
    int anchor(String urn, String name) {
        urns.computeIfAbsent(urn, u -> urns.size() + 1);
        return functions.computeIfAbsent(new Name(urn, name), n -> functions.size() + 1);
    }

    void addTo(Plan.Builder plan) {
        urns.forEach((urn, anchor) -> plan.addExtensionUrns(
                SimpleExtensionURN.newBuilder().setExtensionUrnAnchor(anchor).setUrn(urn)));
        functions.forEach((function, anchor) -> plan.addExtensions(SimpleExtensionDeclaration.newBuilder()
                .setExtensionFunction(SimpleExtensionDeclaration.ExtensionFunction.newBuilder()
                        .setExtensionUrnReference(urns.getOrDefault(function.urn(), 0))
                        .setFunctionAnchor(anchor)
                        .setName(function.name()))));
    }
}
