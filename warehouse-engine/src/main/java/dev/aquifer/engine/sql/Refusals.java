package dev.aquifer.engine.sql;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Refuses what the planner would take and nothing here does: WITH RECURSIVE, and timestamps of fewer digits. */
final class Refusals extends SqlBasicVisitor<@Nullable Void> {
    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlWithItem item && item.recursive.booleanValue()) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED, "WITH RECURSIVE is not supported: " + item.name.getSimple());
        }
        return super.visit(call);
    }

    @Override
    public @Nullable Void visit(SqlDataTypeSpec type) {
        if (type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
                && basic.getTypeName().getSimple().equalsIgnoreCase("TIMESTAMP")
                && basic.getPrecision() >= 0
                && basic.getPrecision() < AquiferTypeSystem.TIMESTAMP_PRECISION) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED,
                    "TIMESTAMP(" + basic.getPrecision() + ") is not supported: a TIMESTAMP has microseconds");
        }
        return null;
    }
}
