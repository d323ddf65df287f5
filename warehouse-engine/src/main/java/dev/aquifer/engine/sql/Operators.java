package dev.aquifer.engine.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/** The functions of SQL: the standard's, PostgreSQL's, and our own; ours win. Their names have no case. */
final class Operators implements SqlOperatorTable {
    static final Operators INSTANCE = new Operators();

    private final SqlOperatorTable libraries =
            SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL);

    private Operators() {}

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> found,
            SqlNameMatcher matcher) {
        List<SqlOperator> own = new ArrayList<>();
        OwnFunctions.TABLE.lookupOperatorOverloads(
                name, category, syntax, own, SqlNameMatchers.withCaseSensitive(false));
        if (!own.isEmpty()) {
            found.addAll(own);
            return;
        }
        libraries.lookupOperatorOverloads(name, category, syntax, found, SqlNameMatchers.withCaseSensitive(false));
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        Set<SqlOperator> all = new LinkedHashSet<>(OwnFunctions.TABLE.getOperatorList());
        all.addAll(libraries.getOperatorList());
        return new ArrayList<>(all);
    }
}
