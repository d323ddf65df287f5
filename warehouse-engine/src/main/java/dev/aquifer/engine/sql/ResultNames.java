package dev.aquifer.engine.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;

/**
 * The names of result columns that have none of their own, as PostgreSQL gives them: a call by its function, all else {@code
 * ?column?}.
 */
final class ResultNames {
    private ResultNames() {}

    /** By column the name to show, empty where the validator's is right; empty for queries whose columns a star tells. */
    static List<String> of(SqlNode query) {
        SqlNode node = query;
        while (true) {
            if (node instanceof SqlOrderBy order) {
                node = order.query;
            } else if (node instanceof SqlWith with) {
                node = with.body;
            } else if (node instanceof SqlCall call
                    && call.isA(SqlKind.SET_QUERY)
                    && call.getKind() != SqlKind.VALUES) {
                node = call.operand(0);
            } else {
                break;
            }
        }
        List<String> names = new ArrayList<>();
        if (node instanceof SqlSelect select) {
            for (SqlNode item : select.getSelectList()) {
                names.add(name(item));
            }
        }
        return names;
    }

    private static String name(SqlNode item) {
        return switch (item.getKind()) {
            case IDENTIFIER, AS -> "";
            case CAST -> item instanceof SqlCall cast ? inner(cast) : "?column?";
            case CASE -> "case";
            default -> item instanceof SqlBasicCall call ? called(call) : "?column?";
        };
    }

    /** A cast column keeps its column's name. */
    private static String inner(SqlCall cast) {
        SqlNode operand = cast.operand(0);
        return operand.getKind() == SqlKind.IDENTIFIER ? operand.toString().replaceAll(".*\\.", "") : name(operand);
    }

    private static String called(SqlBasicCall call) {
        if (call.getKind() == SqlKind.OVER || call.getKind() == SqlKind.FILTER) {
            return name(call.operand(0));
        }
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        return name.matches("[a-z][a-z0-9_]*") ? name : "?column?";
    }
}
