package dev.aquifer.protocol.substrait;

import com.google.protobuf.Message;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import io.substrait.proto.AdvancedExtension;
import io.substrait.proto.RelCommon;

/** What plans hold beyond Substrait: optimizations may be ignored, enhancements may not. */
final class Extensions {
    private Extensions() {}

    /** @throws AquiferException UNSUPPORTED where there is an enhancement */
    static void refuse(AdvancedExtension extension, String where) {
        if (extension.hasEnhancement()) {
            throw unknown(extension, where);
        }
    }

    static void refuse(RelCommon common, String where) {
        refuse(common.getAdvancedExtension(), where);
    }

    /** @throws AquiferException UNSUPPORTED where there is another enhancement than the one that is needed, or none */
    static <T extends Message> void require(AdvancedExtension extension, Class<T> needed, String where, String why) {
        if (!extension.hasEnhancement()) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED,
                    where + " needs the enhancement aquifer.v1." + needed.getSimpleName() + ", as " + why);
        }
        if (!extension.getEnhancement().is(needed)) {
            throw unknown(extension, where);
        }
    }

    private static AquiferException unknown(AdvancedExtension extension, String where) {
        return new AquiferException(
                ErrorCode.UNSUPPORTED,
                "the enhancement " + extension.getEnhancement().getTypeUrl() + " of " + where + " is not known");
    }
}
