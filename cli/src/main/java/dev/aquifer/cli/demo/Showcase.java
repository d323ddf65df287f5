package dev.aquifer.cli.demo;

import dev.aquifer.demo.tpch.TpchQueries;
import java.math.BigDecimal;
import java.util.List;

/**
 * A query of the demo.
 *
 * @param title what it shows
 * @param sql its text, over the TPC-H tables
 */
record Showcase(String title, String sql) {
    private static final long ORDER_KEYS_AT_ONE = 6_000_000;

    static List<Showcase> all(BigDecimal scale) {
        return List.of(
                new Showcase("Filter and sum (TPC-H 6)", TpchQueries.sql(6)),
                new Showcase("Group by (TPC-H 1)", TpchQueries.sql(1)),
                new Showcase("LIKE over comments", """
                        select count(*) as n, sum(o_totalprice) as total
                        from orders
                        where o_comment like '%special%requests%'"""),
                new Showcase("Lookup by key", """
                        select l_linenumber, l_partkey, l_quantity, l_shipdate, l_comment
                        from lineitem
                        where l_orderkey = %d
                        order by l_linenumber""".formatted(orderKey(scale))),
                new Showcase("Top five", """
                        select o_orderkey, o_orderdate, o_totalprice
                        from orders
                        order by o_totalprice desc, o_orderkey
                        limit 5"""),
                new Showcase("Distinct suppliers", """
                        select l_shipmode, count(distinct l_suppkey) as suppliers
                        from lineitem
                        where l_returnflag = 'R'
                        group by l_shipmode
                        order by l_shipmode"""),
                new Showcase("Join (TPC-H 14)", TpchQueries.sql(14)));
    }

    /** A key in the middle: of every 32 in a row, TPC-H uses the first eight. */
    private static long orderKey(BigDecimal scale) {
        long middle = scale.multiply(BigDecimal.valueOf(ORDER_KEYS_AT_ONE / 2)).longValue();
        return Math.max(32, middle / 32 * 32);
    }
}
