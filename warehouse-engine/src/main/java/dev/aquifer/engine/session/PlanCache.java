package dev.aquifer.engine.session;

import dev.aquifer.engine.execute.Operator;
import dev.aquifer.engine.execute.PlanCompiler;
import dev.aquifer.engine.rules.Optimizer;
import dev.aquifer.engine.sql.CheckedQuery;
import dev.aquifer.engine.sql.QueryChecker;
import dev.aquifer.engine.sql.Statement;
import dev.aquifer.engine.sql.StatementParser;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/**
 * Statements that were checked and plans that were made, by text and by the values of parameters. {@link #check} looks the
 * tables up in the lake, and what was made over other files, or other columns, is made anew: a plan that is {@link #last known}
 * answers nothing before that was asked, so that no answer is from an object that was replaced. Thread-safe.
 */
final class PlanCache {
    private static final int MOST_STATEMENTS = 256;
    private static final int MOST_PLANS = 512;
    /** Longer texts, and values of parameters that are longer together, are seldom asked twice, and their trees are big. */
    private static final int LONGEST_TEXT = 1 << 16;

    private record PlanKey(String sql, List<@Nullable Object> values) {
        static PlanKey of(String sql, List<? extends @Nullable Object> values) {
            return new PlanKey(sql, Collections.unmodifiableList(new ArrayList<>(values)));
        }
    }

    /**
     * How a query is answered.
     *
     * @param checked what it meant, over its tables as they were
     * @param operator may be opened any number of times
     */
    record Plan(CheckedQuery checked, Operator operator) {}

    private final QueryChecker checker;
    private final Map<String, CheckedQuery> statements = leastRecentlyUsed(MOST_STATEMENTS);
    private final Map<PlanKey, Plan> plans = leastRecentlyUsed(MOST_PLANS);

    PlanCache(QueryChecker checker) {
        this.checker = checker;
    }

    private static <K, V> Map<K, V> leastRecentlyUsed(int most) {
        return Collections.synchronizedMap(new LinkedHashMap<K, V>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        });
    }

    /** Whether a text is a query that was checked before; if so it need not be parsed to know what it asks for. */
    boolean knows(String sql) {
        return statements.containsKey(sql);
    }

    /**
     * What a query means, over its tables as they are now.
     *
     * @throws AquiferException as {@link QueryChecker#check}
     */
    CheckedQuery check(String sql) {
        CheckedQuery known = statements.get(sql);
        if (known != null && checker.isCurrent(known)) {
            return known;
        }
        if (!(StatementParser.parse(sql) instanceof Statement.Query query)) {
            throw new AquiferException(ErrorCode.INTERNAL, "no query any more: " + sql);
        }
        CheckedQuery checked = checker.check(query);
        if (sql.length() <= LONGEST_TEXT && !query.explain()) {
            statements.put(sql, checked);
            // They are over other files, and would keep what is known of those.
            plans.keySet().removeIf(key -> key.sql.equals(sql));
        }
        return checked;
    }

    /** The relations of a query's plan, which is not kept, for EXPLAIN. */
    static RelNode explain(CheckedQuery checked, List<? extends @Nullable Object> values) {
        return Optimizer.plan(checked, values);
    }

    /** The plan of a query that was made last, if it is kept; its tables may have changed since. */
    @Nullable
    Plan last(String sql, List<? extends @Nullable Object> values) {
        return plans.get(PlanKey.of(sql, values));
    }

    /** The plan of a query, over its tables as they were when it was checked. */
    Plan plan(String sql, CheckedQuery checked, List<? extends @Nullable Object> values) {
        PlanKey key = PlanKey.of(sql, values);
        Plan known = plans.get(key);
        if (known != null && known.checked.equals(checked)) {
            return known;
        }
        Plan made = new Plan(checked, PlanCompiler.compile(Optimizer.plan(checked, values)));
        if (checked.repeatable() && sql.length() <= LONGEST_TEXT && bytes(key.values) <= LONGEST_TEXT) {
            plans.put(key, made);
        }
        return made;
    }

    private static long bytes(List<@Nullable Object> values) {
        return values.stream()
                .mapToLong(value -> value instanceof Bytes text ? text.length() : Long.BYTES)
                .sum();
    }
}
