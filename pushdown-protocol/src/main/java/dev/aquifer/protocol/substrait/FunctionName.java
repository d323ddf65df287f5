package dev.aquifer.protocol.substrait;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import io.substrait.proto.Plan;
import io.substrait.proto.SimpleExtensionDeclaration;
import io.substrait.proto.SimpleExtensionURN;
import java.util.HashMap;
import java.util.Map;

/**
 * A function as a plan declares it. The argument types behind the colon are left away: the arguments themselves tell them, and
 * are checked.
 *
 * @param urn the extension, empty where the plan names none
 * @param base the simple name, as {@code add}
 */
record FunctionName(String urn, String base) {
    /** Longer names are shown cut. */
    private static final int SHOWN = 100;

    @Override
    public String toString() {
        return "'" + shown(base) + "' of '" + shown(urn) + "'";
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    /**
     * The functions that a plan declares, by their anchors.
     *
     * @throws AquiferException INVALID_PLAN where an anchor is declared twice or an extension is not
     */
    static Map<Integer, FunctionName> declaredBy(Plan plan) {
        Map<Integer, String> urns = new HashMap<>();
        for (SimpleExtensionURN urn : plan.getExtensionUrnsList()) {
            if (urns.put(urn.getExtensionUrnAnchor(), urn.getUrn()) != null) {
                throw new AquiferException(
                        ErrorCode.INVALID_PLAN,
                        "extension anchor " + Integer.toUnsignedString(urn.getExtensionUrnAnchor())
                                + " is declared twice");
            }
        }
        Map<Integer, FunctionName> functions = new HashMap<>();
        for (SimpleExtensionDeclaration declaration : plan.getExtensionsList()) {
            // Types and type variations may be declared; one that is used is refused where it is used.
            if (declaration.getMappingTypeCase() == SimpleExtensionDeclaration.MappingTypeCase.EXTENSION_FUNCTION) {
                SimpleExtensionDeclaration.ExtensionFunction function = declaration.getExtensionFunction();
                String name = function.getName();
                int colon = name.indexOf(':');
                FunctionName declared = new FunctionName(
                        urns.getOrDefault(function.getExtensionUrnReference(), ""),
                        colon < 0 ? name : name.substring(0, colon));
                if (functions.put(function.getFunctionAnchor(), declared) != null) {
                    throw new AquiferException(
                            ErrorCode.INVALID_PLAN,
                            "function anchor " + Integer.toUnsignedString(function.getFunctionAnchor())
                                    + " is declared twice");
                }
            }
        }
        return functions;
    }
}
