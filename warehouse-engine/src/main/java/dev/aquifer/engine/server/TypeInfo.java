package dev.aquifer.engine.server;

import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.TypeKind;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.flight.sql.impl.FlightSql.Nullable;
import org.apache.arrow.flight.sql.impl.FlightSql.Searchable;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;

/** The SQL types as JDBC's and ODBC's type information. */
final class TypeInfo {
    private TypeInfo() {}

    /** @param wanted a constant of {@link java.sql.Types}, or null for all types */
    static int write(@org.jspecify.annotations.Nullable Integer wanted, VectorSchemaRoot root) {
        List<TypeKind> kinds = Stream.of(TypeKind.values())
                // Only states of aggregates have it.
                .filter(kind -> kind != TypeKind.BINARY)
                .filter(kind -> wanted == null || SqlType.of(kind).jdbcType() == wanted)
                .sorted(Comparator.comparingInt(kind -> SqlType.of(kind).jdbcType()))
                .toList();
        UnionListWriter parameters = ((ListVector) root.getVector("create_params")).getWriter();
        for (int row = 0; row < kinds.size(); row++) {
            write(kinds.get(row), row, root, parameters);
        }
        parameters.setValueCount(kinds.size());
        return kinds.size();
    }

    private static void write(TypeKind kind, int row, VectorSchemaRoot root, UnionListWriter parameters) {
        SqlType type = SqlType.of(kind);
        Integer radix = type.radix();
        String quote = type.quote();
        Metadata.set(root, "type_name", row, type.sqlName());
        Metadata.set(root, "local_type_name", row, type.sqlName());
        set(root, "data_type", row, type.jdbcType());
        set(root, "sql_data_type", row, type.jdbcType());
        set(root, "column_size", row, type.size());
        set(root, "nullable", row, Nullable.NULLABILITY_NULLABLE_VALUE);
        set(root, "searchable", row, Searchable.SEARCHABLE_FULL_VALUE);
        setBit(root, "case_sensitive", row, type.isText());
        setBit(root, "unsigned_attribute", row, radix == null);
        setBit(root, "fixed_prec_scale", row, false);
        setBit(root, "auto_increment", row, false);
        if (quote != null) {
            Metadata.set(root, "literal_prefix", row, quote);
            Metadata.set(root, "literal_suffix", row, quote);
        }
        if (radix != null) {
            set(root, "num_prec_radix", row, radix);
        }
        parameters.setPosition(row);
        parameters.startList();
        if (kind == TypeKind.DECIMAL) {
            set(root, "minimum_scale", row, 0);
            set(root, "maximum_scale", row, DataType.MAX_PRECISION);
            parameters.writeVarChar("precision");
            parameters.writeVarChar("scale");
        }
        parameters.endList();
    }

    private static void set(VectorSchemaRoot root, String column, int row, int value) {
        ((IntVector) root.getVector(column)).setSafe(row, value);
    }

    private static void setBit(VectorSchemaRoot root, String column, int row, boolean value) {
        ((BitVector) root.getVector(column)).setSafe(row, value ? 1 : 0);
    }
}
