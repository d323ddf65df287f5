package dev.aquifer.benchmarks.compare;

import dev.aquifer.demo.tpch.TpchQueries;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.math.BigDecimal;
import java.util.List;

/** The questions, all over TPC-H's lineitem: what scans, filters, searches in text, groups and selections cost. */
public final class QuerySet {
    private QuerySet() {}

    /** The questions at a scale, in the order in which they are reported. */
    public static List<BenchQuery> of(BigDecimal scale) {
        return List.of(
                BenchQuery.same("q6", TpchQueries.sql(6, scale)),
                BenchQuery.same("q1", TpchQueries.sql(1, scale)),
                BenchQuery.same("like", "select count(*) from lineitem where l_comment like '%special%requests%'"),
                new BenchQuery(
                        "regex",
                        "select count(*) from lineitem where l_comment similar to '%(quick|slow)%(foxes|deposits)%'",
                        "select count(*) from lineitem"
                                + " where regexp_matches(l_comment, '(quick|slow).*(foxes|deposits)')"),
                BenchQuery.same(
                        "in",
                        "select count(*), sum(l_extendedprice) from lineitem"
                                + " where l_shipmode in ('MAIL', 'SHIP') and l_quantity < 10"),
                BenchQuery.same(
                        "range",
                        "select count(*) from lineitem"
                                + " where l_shipdate between date '1995-03-01' and date '1995-03-08'"),
                BenchQuery.same(
                        "group10k",
                        "select l_suppkey, sum(l_quantity) as quantity from lineitem"
                                + " group by l_suppkey order by quantity desc, l_suppkey limit 10"),
                BenchQuery.same(
                        "group15m",
                        "select l_orderkey, sum(l_quantity) as quantity from lineitem"
                                + " group by l_orderkey order by quantity desc, l_orderkey limit 10"),
                BenchQuery.same("distinct", "select count(distinct l_partkey) from lineitem"),
                BenchQuery.same(
                        "minmax",
                        "select min(l_orderkey), max(l_orderkey), min(l_partkey), max(l_partkey),"
                                + " min(l_suppkey), max(l_suppkey), min(l_quantity), max(l_quantity),"
                                + " min(l_extendedprice), max(l_extendedprice), min(l_discount), max(l_discount),"
                                + " min(l_shipdate), max(l_shipdate), min(l_receiptdate), max(l_receiptdate)"
                                + " from lineitem"),
                BenchQuery.same(
                        "select1",
                        "select l_orderkey, l_partkey, l_quantity, l_extendedprice, l_shipdate from lineitem"
                                + " where l_partkey % 100 = 7"));
    }

    /**
     * Those of some names, in the order of all.
     *
     * @param names none for all
     * @throws AquiferException USAGE where a name is no question's
     */
    public static List<BenchQuery> chosen(List<BenchQuery> all, List<String> names) {
        List<String> known = all.stream().map(BenchQuery::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new AquiferException(
                        ErrorCode.USAGE, "there is no question " + name + "; there are " + String.join(", ", known));
            }
        }
        return names.isEmpty()
                ? all
                : all.stream().filter(query -> names.contains(query.name())).toList();
    }
}
