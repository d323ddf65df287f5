package dev.aquifer.engine.sql;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Makes types. CHAR is VARCHAR: no value is ever padded with blanks. Every TIMESTAMP has microseconds, also a constant without. */
public final class AquiferTypeFactory extends SqlTypeFactoryImpl {
    public AquiferTypeFactory() {
        super(new AquiferTypeSystem());
    }

    @Override
    public RelDataType createSqlType(SqlTypeName typeName, int precision) {
        return typeName == SqlTypeName.TIMESTAMP
                ? super.createSqlType(typeName, AquiferTypeSystem.TIMESTAMP_PRECISION)
                : super.createSqlType(typeName == SqlTypeName.CHAR ? SqlTypeName.VARCHAR : typeName, precision);
    }

    @Override
    public RelDataType createSqlType(SqlTypeName typeName) {
        return super.createSqlType(typeName == SqlTypeName.CHAR ? SqlTypeName.VARCHAR : typeName);
    }

    /** A REAL meets an exact number as DOUBLE: its 24 bits do not hold the other's digits. */
    @Override
    public @Nullable RelDataType leastRestrictive(List<RelDataType> types) {
        boolean real = types.stream().anyMatch(type -> type.getSqlTypeName() == SqlTypeName.REAL);
        boolean exact = types.stream().anyMatch(SqlTypeUtil::isExactNumeric);
        if (real && exact) {
            List<RelDataType> wider = new ArrayList<>(types);
            wider.add(createSqlType(SqlTypeName.DOUBLE));
            return super.leastRestrictive(wider);
        }
        return super.leastRestrictive(types);
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }
}
