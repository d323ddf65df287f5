package dev.aquifer.demo.tpch;

import static dev.aquifer.demo.tpch.TpchColumn.date;
import static dev.aquifer.demo.tpch.TpchColumn.decimal;
import static dev.aquifer.demo.tpch.TpchColumn.integer;
import static dev.aquifer.demo.tpch.TpchColumn.key;
import static dev.aquifer.demo.tpch.TpchColumn.text;

import io.trino.tpch.Customer;
import io.trino.tpch.LineItem;
import io.trino.tpch.Nation;
import io.trino.tpch.Order;
import io.trino.tpch.Part;
import io.trino.tpch.PartSupplier;
import io.trino.tpch.Region;
import io.trino.tpch.Supplier;
import io.trino.tpch.TpchTable;
import java.util.List;

/** The eight tables of TPC-H 3.0.1, 1.4: names and types of the columns, in the order of the specification. */
final class TpchSchema {
    private static final TpchTableSpec<Region> REGION = new TpchTableSpec<>(
            TpchTable.REGION,
            5,
            false,
            List.of(
                    key("r_regionkey", Region::regionKey),
                    text("r_name", true, Region::name),
                    text("r_comment", false, Region::comment)));

    private static final TpchTableSpec<Nation> NATION = new TpchTableSpec<>(
            TpchTable.NATION,
            25,
            false,
            List.of(
                    key("n_nationkey", Nation::nationKey),
                    text("n_name", true, Nation::name),
                    key("n_regionkey", Nation::regionKey),
                    text("n_comment", false, Nation::comment)));

    private static final TpchTableSpec<Supplier> SUPPLIER = new TpchTableSpec<>(
            TpchTable.SUPPLIER,
            10_000,
            true,
            List.of(
                    key("s_suppkey", Supplier::supplierKey),
                    text("s_name", false, Supplier::name),
                    text("s_address", false, Supplier::address),
                    key("s_nationkey", Supplier::nationKey),
                    text("s_phone", false, Supplier::phone),
                    decimal("s_acctbal", Supplier::accountBalanceInCents),
                    text("s_comment", false, Supplier::comment)));

    private static final TpchTableSpec<Part> PART = new TpchTableSpec<>(
            TpchTable.PART,
            200_000,
            true,
            List.of(
                    key("p_partkey", Part::partKey),
                    text("p_name", false, Part::name),
                    text("p_mfgr", true, Part::manufacturer),
                    text("p_brand", true, Part::brand),
                    text("p_type", true, Part::type),
                    integer("p_size", Part::size),
                    text("p_container", true, Part::container),
                    decimal("p_retailprice", Part::retailPriceInCents),
                    text("p_comment", false, Part::comment)));

    private static final TpchTableSpec<PartSupplier> PARTSUPP = new TpchTableSpec<>(
            TpchTable.PART_SUPPLIER,
            800_000,
            true,
            List.of(
                    key("ps_partkey", PartSupplier::partKey),
                    key("ps_suppkey", PartSupplier::supplierKey),
                    integer("ps_availqty", PartSupplier::availableQuantity),
                    decimal("ps_supplycost", PartSupplier::supplyCostInCents),
                    text("ps_comment", false, PartSupplier::comment)));

    private static final TpchTableSpec<Customer> CUSTOMER = new TpchTableSpec<>(
            TpchTable.CUSTOMER,
            150_000,
            true,
            List.of(
                    key("c_custkey", Customer::customerKey),
                    text("c_name", false, Customer::name),
                    text("c_address", false, Customer::address),
                    key("c_nationkey", Customer::nationKey),
                    text("c_phone", false, Customer::phone),
                    decimal("c_acctbal", Customer::accountBalanceInCents),
                    text("c_mktsegment", true, Customer::marketSegment),
                    text("c_comment", false, Customer::comment)));

    private static final TpchTableSpec<Order> ORDERS = new TpchTableSpec<>(
            TpchTable.ORDERS,
            1_500_000,
            true,
            List.of(
                    key("o_orderkey", Order::orderKey),
                    key("o_custkey", Order::customerKey),
                    text("o_orderstatus", true, o -> String.valueOf(o.orderStatus())),
                    decimal("o_totalprice", Order::totalPriceInCents),
                    date("o_orderdate", Order::orderDate),
                    text("o_orderpriority", true, Order::orderPriority),
                    text("o_clerk", true, Order::clerk),
                    integer("o_shippriority", Order::shipPriority),
                    text("o_comment", false, Order::comment)));

    private static final TpchTableSpec<LineItem> LINEITEM = new TpchTableSpec<>(
            TpchTable.LINE_ITEM,
            6_000_000,
            true,
            List.of(
                    key("l_orderkey", LineItem::orderKey),
                    key("l_partkey", LineItem::partKey),
                    key("l_suppkey", LineItem::supplierKey),
                    integer("l_linenumber", LineItem::lineNumber),
                    decimal("l_quantity", l -> l.quantity() * 100),
                    decimal("l_extendedprice", LineItem::extendedPriceInCents),
                    decimal("l_discount", LineItem::discountPercent),
                    decimal("l_tax", LineItem::taxPercent),
                    text("l_returnflag", true, LineItem::returnFlag),
                    text("l_linestatus", true, LineItem::status),
                    date("l_shipdate", LineItem::shipDate),
                    date("l_commitdate", LineItem::commitDate),
                    date("l_receiptdate", LineItem::receiptDate),
                    text("l_shipinstruct", true, LineItem::shipInstructions),
                    text("l_shipmode", true, LineItem::shipMode),
                    text("l_comment", false, LineItem::comment)));

    /** Biggest first: started first, so that the longest file does not end last. */
    static final List<TpchTableSpec<?>> TABLES =
            List.of(LINEITEM, ORDERS, PARTSUPP, CUSTOMER, PART, SUPPLIER, NATION, REGION);

    private TpchSchema() {}
}
