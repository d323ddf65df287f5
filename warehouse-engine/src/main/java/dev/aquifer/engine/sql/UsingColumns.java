package dev.aquifer.engine.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * The columns of {@code JOIN ... USING (c)} wherever a query names them without a table: the left side's, of a RIGHT JOIN the
 * right side's, of a FULL JOIN whichever is not null. The validator knows them in the SELECT list only. Joins whose side is
 * more than one table without USING are left to it: which table has the column is not in the text.
 */
final class UsingColumns extends SqlShuttle {
    /** The operand of a SELECT that is its WINDOW clause; it has no setter. */
    private static final int WINDOWS = 6;

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (visited instanceof SqlOrderBy order
                && order.query instanceof SqlSelect select
                && select.getFrom() != null
                && call instanceof SqlOrderBy original
                && original.query instanceof SqlSelect) {
            Map<String, SqlNode> columns = columns(select.getFrom());
            select.getSelectList().forEach(item -> columns.remove(ResultNames.given(item)));
            return columns.isEmpty()
                    ? order
                    : new SqlOrderBy(
                            order.getParserPosition(),
                            order.query,
                            replaced(order.orderList, columns),
                            order.offset,
                            order.fetch);
        }
        if (!(visited instanceof SqlSelect select) || select.getFrom() == null) {
            return visited;
        }
        Map<String, SqlNode> columns = columns(select.getFrom());
        if (columns.isEmpty()) {
            return visited;
        }
        SqlSelect copy = (SqlSelect) select.clone(select.getParserPosition());
        copy.setSelectList(items(select.getSelectList(), columns));
        copy.setWhere(replaced(select.getWhere(), columns));
        copy.setGroupBy(replaced(select.getGroup(), columns));
        copy.setHaving(replaced(select.getHaving(), columns));
        copy.setOperand(WINDOWS, replaced(select.getWindowList(), columns));
        copy.setQualify(replaced(select.getQualify(), columns));
        return copy;
    }

    /** By name what stands for each column that the joins of a FROM clause share. */
    private static Map<String, SqlNode> columns(SqlNode from) {
        Map<String, SqlNode> columns = new LinkedHashMap<>();
        if (!(from instanceof SqlJoin join)) {
            return columns;
        }
        Map<String, SqlNode> left = columns(join.getLeft());
        Map<String, SqlNode> right = columns(join.getRight());
        columns.putAll(right);
        columns.putAll(left);
        if (join.getConditionType() == JoinConditionType.USING && join.getCondition() instanceof SqlNodeList names) {
            for (SqlNode name : names) {
                String column = ((SqlIdentifier) name).getSimple();
                SqlNode ofLeft = left.getOrDefault(column, columnOf(join.getLeft(), column));
                SqlNode ofRight = right.getOrDefault(column, columnOf(join.getRight(), column));
                columns.remove(column);
                if (ofLeft != null && ofRight != null) {
                    columns.put(column, joined(join.getJoinType(), ofLeft, ofRight));
                }
            }
        }
        return columns;
    }

    private static SqlNode joined(JoinType type, SqlNode left, SqlNode right) {
        return switch (type) {
            case RIGHT -> right;
            case FULL -> SqlStdOperatorTable.COALESCE.createCall(SqlParserPos.ZERO, left, right);
            default -> left;
        };
    }

    /** The column of a side that is one table, or null. */
    private static @Nullable SqlNode columnOf(SqlNode side, String column) {
        String table = switch (side) {
            case SqlIdentifier name -> name.names.getLast();
            case SqlCall call when call.getKind() == SqlKind.AS -> ((SqlIdentifier) call.operand(1)).getSimple();
            case SqlCall call
            when call.getKind() == SqlKind.TABLE_REF -> ((SqlIdentifier) call.operand(0)).names.getLast();
            default -> null;
        };
        return table == null ? null : new SqlIdentifier(List.of(table, column), SqlParserPos.ZERO);
    }

    private static SqlNodeList items(SqlNodeList items, Map<String, SqlNode> columns) {
        List<SqlNode> result = new ArrayList<>();
        for (SqlNode item : items) {
            SqlNode replaced = replaced(item, columns);
            boolean renamed =
                    item instanceof SqlIdentifier && !replaced.equals(item) && !(replaced instanceof SqlIdentifier);
            result.add(
                    renamed ? SqlStdOperatorTable.AS.createCall(item.getParserPosition(), replaced, item) : replaced);
        }
        return new SqlNodeList(result, items.getParserPosition());
    }

    private static <N extends @Nullable SqlNode> N replaced(N node, Map<String, SqlNode> columns) {
        if (node == null) {
            return node;
        }
        @SuppressWarnings("unchecked") // The shuttle gives nodes of the kind that it takes: lists for lists.
        N result = (N) node.accept(new Replacement(columns));
        return result;
    }

    /** Puts expressions in the place of names; subqueries have names of their own. */
    private static final class Replacement extends SqlShuttle {
        private final Map<String, SqlNode> columns;

        Replacement(Map<String, SqlNode> columns) {
            this.columns = columns;
        }

        @Override
        public @Nullable SqlNode visit(SqlIdentifier identifier) {
            SqlNode column = identifier.isSimple() ? columns.get(identifier.getSimple()) : null;
            return column == null ? identifier : column.clone(identifier.getParserPosition());
        }

        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            if (call.isA(SqlKind.QUERY)) {
                return call;
            }
            if (call.getKind() == SqlKind.AS) {
                SqlNode value = call.operand(0).accept(this);
                return value == null || value.equals(call.operand(0))
                        ? call
                        : call.getOperator().createCall(call.getParserPosition(), value, call.operand(1));
            }
            return super.visit(call);
        }
    }
}
