package dev.aquifer.engine.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.jspecify.annotations.Nullable;

/**
 * The names of result columns that have none of their own, as PostgreSQL gives them: a call by its function, all else {@code
 * ?column?}.
 */
final class ResultNames {
    private ResultNames() {}

    /** By column the name to show, empty where the validator's is right; empty for queries whose columns a star tells. */
    static List<String> of(SqlNode query) {
        SqlNode node = first(query);
        List<String> names = new ArrayList<>();
        if (node instanceof SqlSelect select) {
            for (SqlNode item : select.getSelectList()) {
                names.add(name(item));
            }
        } else if (node.getKind() == SqlKind.VALUES && node instanceof SqlCall values) {
            int columns = values.operandCount() == 0 ? 0 : ((SqlCall) values.operand(0)).operandCount();
            for (int i = 1; i <= columns; i++) {
                names.add("column" + i);
            }
        }
        return names;
    }

    /** The SELECT or VALUES that names the columns of a query. */
    private static SqlNode first(SqlNode query) {
        return switch (query) {
            case SqlOrderBy order -> first(order.query);
            case SqlWith with -> first(with.body);
            case SqlCall call
            when call.isA(SqlKind.SET_QUERY) && call.getKind() != SqlKind.VALUES -> first(call.operand(0));
            default -> query;
        };
    }

    /** A subquery that is used as a value has the name of its column. */
    private static String ofSubquery(SqlNode query) {
        if (!(first(query) instanceof SqlSelect select)
                || select.getSelectList().size() != 1) {
            return "?column?";
        }
        SqlNode item = select.getSelectList().get(0);
        String given = given(item);
        return given == null ? name(item) : given;
    }

    /** The name that an item of a SELECT list says itself, or null. */
    static @Nullable String given(SqlNode item) {
        SqlNode named = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(1) : item;
        return named instanceof SqlIdentifier identifier && !identifier.isStar() ? identifier.names.getLast() : null;
    }

    private static String name(SqlNode item) {
        return switch (item.getKind()) {
            case IDENTIFIER, AS -> "";
            case CAST -> item instanceof SqlCall cast ? inner(cast) : "?column?";
            case CASE -> "case";
            case EXISTS -> "exists";
            case SCALAR_QUERY -> ofSubquery(((SqlCall) item).operand(0));
            case SELECT, ORDER_BY, WITH, UNION, INTERSECT, EXCEPT -> ofSubquery(item);
            default -> item instanceof SqlBasicCall call ? called(call) : "?column?";
        };
    }

    /** A cast column keeps its column's name. */
    private static String inner(SqlCall cast) {
        SqlNode operand = cast.operand(0);
        return operand instanceof SqlIdentifier identifier ? identifier.names.getLast() : name(operand);
    }

    private static String called(SqlBasicCall call) {
        if (call.getKind() == SqlKind.OVER || call.getKind() == SqlKind.FILTER) {
            return name(call.operand(0));
        }
        // Operators that are words (AND, LIKE, IN) have names too, and PostgreSQL does not use them.
        boolean function = call.getOperator() instanceof SqlFunction;
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        return function && name.matches("[a-z][a-z0-9_]*") ? name : "?column?";
    }
}
