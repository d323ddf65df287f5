-- What ./aquifer runs, some rounds of it, when it has built: the JDK keeps the profile of it for the starts to come.
select sum(l_extendedprice * l_discount) as revenue from lineitem
where l_shipdate >= date '1994-01-01' and l_shipdate < date '1995-01-01' and l_discount between 0.05 and 0.07
  and l_quantity < 24;
select l_returnflag, l_linestatus, sum(l_quantity), sum(l_extendedprice * (1 - l_discount)), avg(l_tax), count(*)
from lineitem where l_shipdate <= date '1998-09-02'
group by l_returnflag, l_linestatus order by l_returnflag, l_linestatus;
select count(*) from lineitem where l_comment like '%special%requests%';
select l_suppkey, sum(l_quantity) as quantity from lineitem group by l_suppkey order by quantity desc, l_suppkey limit 10;
select min(l_orderkey), max(l_shipdate), count(distinct l_partkey) from lineitem;
select o_orderpriority, count(*) from orders, lineitem
where l_orderkey = o_orderkey and o_orderdate < date '1995-01-01' group by o_orderpriority order by 1;
select l_orderkey, l_partkey, l_quantity, l_shipdate from lineitem where l_partkey % 100 = 7 and l_shipmode in ('MAIL', 'SHIP');
