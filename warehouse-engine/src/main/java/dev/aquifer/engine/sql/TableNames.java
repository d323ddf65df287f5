package dev.aquifer.engine.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Finds what stands in FROM clauses, so that only those tables are looked up in the lake. */
final class TableNames extends SqlBasicVisitor<@Nullable Void> {
    private final Set<List<String>> names = new LinkedHashSet<>();

    private TableNames() {}

    static List<List<String>> of(SqlNode node) {
        TableNames finder = new TableNames();
        node.accept(finder);
        return new ArrayList<>(finder.names);
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlSelect select && select.getFrom() != null) {
            from(select.getFrom());
        } else if (call.getKind() == SqlKind.EXPLICIT_TABLE) {
            from(call.operand(0));
        }
        return super.visit(call);
    }

    private void from(@Nullable SqlNode node) {
        switch (node) {
            case SqlIdentifier identifier -> names.add(identifier.names);
            case SqlJoin join -> {
                from(join.getLeft());
                from(join.getRight());
            }
            case SqlCall call
            when call.getKind() == SqlKind.AS
                    || call.getKind() == SqlKind.TABLE_REF
                    || call.getKind() == SqlKind.EXTEND
                    || call.getKind() == SqlKind.TABLESAMPLE
                    || call.getKind() == SqlKind.LATERAL -> from(call.operand(0));
            case null, default -> {
                // Subqueries are met by the visitor itself.
            }
        }
    }
}
