package dev.aquifer.demo.tpch;

import dev.aquifer.demo.tpch.TpchColumn.OfDate;
import dev.aquifer.demo.tpch.TpchColumn.OfDecimal;
import dev.aquifer.demo.tpch.TpchColumn.OfInt;
import dev.aquifer.demo.tpch.TpchColumn.OfKey;
import dev.aquifer.demo.tpch.TpchColumn.OfText;
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
                    new OfKey<>("r_regionkey", Region::regionKey),
                    new OfText<>("r_name", true, Region::name),
                    new OfText<>("r_comment", false, Region::comment)));

    private static final TpchTableSpec<Nation> NATION = new TpchTableSpec<>(
            TpchTable.NATION,
            25,
            false,
            List.of(
                    new OfKey<>("n_nationkey", Nation::nationKey),
                    new OfText<>("n_name", true, Nation::name),
                    new OfKey<>("n_regionkey", Nation::regionKey),
                    new OfText<>("n_comment", false, Nation::comment)));

    private static final TpchTableSpec<Supplier> SUPPLIER = new TpchTableSpec<>(
            TpchTable.SUPPLIER,
            10_000,
            true,
            List.of(
                    new OfKey<>("s_suppkey", Supplier::supplierKey),
                    new OfText<>("s_name", false, Supplier::name),
                    new OfText<>("s_address", false, Supplier::address),
                    new OfKey<>("s_nationkey", Supplier::nationKey),
                    new OfText<>("s_phone", false, Supplier::phone),
                    new OfDecimal<>("s_acctbal", Supplier::accountBalanceInCents),
                    new OfText<>("s_comment", false, Supplier::comment)));

    private static final TpchTableSpec<Part> PART = new TpchTableSpec<>(
            TpchTable.PART,
            200_000,
            true,
            List.of(
                    new OfKey<>("p_partkey", Part::partKey),
                    new OfText<>("p_name", false, Part::name),
                    new OfText<>("p_mfgr", true, Part::manufacturer),
                    new OfText<>("p_brand", true, Part::brand),
                    new OfText<>("p_type", true, Part::type),
                    new OfInt<>("p_size", Part::size),
                    new OfText<>("p_container", true, Part::container),
                    new OfDecimal<>("p_retailprice", Part::retailPriceInCents),
                    new OfText<>("p_comment", false, Part::comment)));

    private static final TpchTableSpec<PartSupplier> PARTSUPP = new TpchTableSpec<>(
            TpchTable.PART_SUPPLIER,
            800_000,
            true,
            List.of(
                    new OfKey<>("ps_partkey", PartSupplier::partKey),
                    new OfKey<>("ps_suppkey", PartSupplier::supplierKey),
                    new OfInt<>("ps_availqty", PartSupplier::availableQuantity),
                    new OfDecimal<>("ps_supplycost", PartSupplier::supplyCostInCents),
                    new OfText<>("ps_comment", false, PartSupplier::comment)));

    private static final TpchTableSpec<Customer> CUSTOMER = new TpchTableSpec<>(
            TpchTable.CUSTOMER,
            150_000,
            true,
            List.of(
                    new OfKey<>("c_custkey", Customer::customerKey),
                    new OfText<>("c_name", false, Customer::name),
                    new OfText<>("c_address", false, Customer::address),
                    new OfKey<>("c_nationkey", Customer::nationKey),
                    new OfText<>("c_phone", false, Customer::phone),
                    new OfDecimal<>("c_acctbal", Customer::accountBalanceInCents),
                    new OfText<>("c_mktsegment", true, Customer::marketSegment),
                    new OfText<>("c_comment", false, Customer::comment)));

    private static final TpchTableSpec<Order> ORDERS = new TpchTableSpec<>(
            TpchTable.ORDERS,
            1_500_000,
            true,
            List.of(
                    new OfKey<>("o_orderkey", Order::orderKey),
                    new OfKey<>("o_custkey", Order::customerKey),
                    new OfText<>("o_orderstatus", true, o -> String.valueOf(o.orderStatus())),
                    new OfDecimal<>("o_totalprice", Order::totalPriceInCents),
                    new OfDate<>("o_orderdate", Order::orderDate),
                    new OfText<>("o_orderpriority", true, Order::orderPriority),
                    new OfText<>("o_clerk", true, Order::clerk),
                    new OfInt<>("o_shippriority", Order::shipPriority),
                    new OfText<>("o_comment", false, Order::comment)));

    private static final TpchTableSpec<LineItem> LINEITEM = new TpchTableSpec<>(
            TpchTable.LINE_ITEM,
            6_000_000,
            true,
            List.of(
                    new OfKey<>("l_orderkey", LineItem::orderKey),
                    new OfKey<>("l_partkey", LineItem::partKey),
                    new OfKey<>("l_suppkey", LineItem::supplierKey),
                    new OfInt<>("l_linenumber", LineItem::lineNumber),
                    new OfDecimal<>("l_quantity", l -> l.quantity() * 100),
                    new OfDecimal<>("l_extendedprice", LineItem::extendedPriceInCents),
                    new OfDecimal<>("l_discount", LineItem::discountPercent),
                    new OfDecimal<>("l_tax", LineItem::taxPercent),
                    new OfText<>("l_returnflag", true, LineItem::returnFlag),
                    new OfText<>("l_linestatus", true, LineItem::status),
                    new OfDate<>("l_shipdate", LineItem::shipDate),
                    new OfDate<>("l_commitdate", LineItem::commitDate),
                    new OfDate<>("l_receiptdate", LineItem::receiptDate),
                    new OfText<>("l_shipinstruct", true, LineItem::shipInstructions),
                    new OfText<>("l_shipmode", true, LineItem::shipMode),
                    new OfText<>("l_comment", false, LineItem::comment)));

    /** Biggest first: started first, so that the longest file does not end last. */
    static final List<TpchTableSpec<?>> TABLES =
            List.of(LINEITEM, ORDERS, PARTSUPP, CUSTOMER, PART, SUPPLIER, NATION, REGION);

    private TpchSchema() {}
}
