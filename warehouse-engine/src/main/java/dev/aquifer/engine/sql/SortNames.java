package dev.aquifer.engine.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/** {@code SELECT c, c ... ORDER BY c}: a name that several columns have is no question where they are the same. */
final class SortNames extends SqlShuttle {
    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (!(visited instanceof SqlOrderBy order) || !(order.query instanceof SqlSelect select)) {
            return visited;
        }
        List<SqlNode> keys = new ArrayList<>();
        boolean changed = false;
        for (SqlNode key : order.orderList) {
            SqlNode placed = placed(key, select.getSelectList());
            changed |= !placed.equals(key);
            keys.add(placed);
        }
        return changed
                ? new SqlOrderBy(
                        order.getParserPosition(),
                        order.query,
                        new SqlNodeList(keys, order.orderList.getParserPosition()),
                        order.offset,
                        order.fetch)
                : order;
    }

    /** A sort key whose name is that of equal columns as the position of the first. */
    private static SqlNode placed(SqlNode key, SqlNodeList items) {
        if (key instanceof SqlCall call
                && (key.getKind() == SqlKind.DESCENDING
                        || key.getKind() == SqlKind.NULLS_FIRST
                        || key.getKind() == SqlKind.NULLS_LAST)) {
            SqlNode inner = placed(call.operand(0), items);
            return inner.equals(call.operand(0)) ? key : call.getOperator().createCall(call.getParserPosition(), inner);
        }
        if (!(key instanceof SqlIdentifier name) || !name.isSimple()) {
            return key;
        }
        int first = -1;
        boolean repeated = false;
        for (int i = 0; i < items.size(); i++) {
            if (!name.getSimple().equals(ResultNames.given(items.get(i)))) {
                continue;
            }
            if (first < 0) {
                first = i;
            } else if (!value(items.get(first)).equalsDeep(value(items.get(i)), Litmus.IGNORE)) {
                return key;
            } else {
                repeated = true;
            }
        }
        return repeated ? SqlLiteral.createExactNumeric(String.valueOf(first + 1), key.getParserPosition()) : key;
    }

    private static SqlNode value(SqlNode item) {
        return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
    }
}
