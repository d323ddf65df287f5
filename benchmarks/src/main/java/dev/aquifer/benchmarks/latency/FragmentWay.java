package dev.aquifer.benchmarks.latency;

import dev.aquifer.engine.catalog.Catalog;
import dev.aquifer.engine.catalog.DataFile;
import dev.aquifer.engine.client.NodeChannel;
import dev.aquifer.engine.client.NodePool;
import dev.aquifer.engine.client.NodeRequest;
import dev.aquifer.engine.client.NodeStream;
import dev.aquifer.lake.object.Lake;
import dev.aquifer.lake.object.LakeConfig;
import dev.aquifer.lake.parquet.RowGroup;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Without SQL: a fragment, written as a plan once, goes to a node as the engine sends it. */
final class FragmentWay implements Way {
    private final NodePool nodes;
    private final NodeChannel node;
    private final NodeRequest request;

    /**
     * @param address of the node, {@code host:port}
     * @param table the location of the table nation
     */
    FragmentWay(String address, String table) {
        nodes = NodePool.open(List.of(address));
        node = nodes.nodes().getFirst();
        Fragment fragment = fragment();
        Map<NodeChannel, NodeRequest> requests = NodeRequest.of(nodes, fragment, fragment, slices(table));
        request = requests.values().iterator().next();
    }

    private static Fragment fragment() {
        Field region = new Field("n_regionkey", DataType.INT64);
        Field nation = new Field("n_nationkey", DataType.INT64);
        Expr inRegion =
                Expr.call(Function.EQUAL, new Expr.ColumnRef(0, region.type()), new Expr.Literal(DataType.INT64, 3L));
        Expr belowBound = Expr.call(
                Function.LESS, new Expr.ColumnRef(1, nation.type()), new Expr.Literal(DataType.INT64, BEYOND_NATIONS));
        return new Fragment(
                List.of(region, nation),
                Expr.call(Function.AND, inRegion, belowBound),
                List.of(),
                new Terminal.Aggregate(List.of(), List.of(new AggregateCall(AggregateFunction.COUNT, -1, -1))));
    }

    private static List<Slice> slices(String table) {
        List<Slice> slices = new ArrayList<>();
        try (Lake lake = new Lake(LakeConfig.defaults());
                Catalog catalog = new Catalog(lake, Map.of("nation", table))) {
            long ordinal = 0;
            for (DataFile file : catalog.load("nation").files()) {
                for (RowGroup group : file.footer().rowGroups()) {
                    slices.add(file.slice(group, ordinal));
                    ordinal += group.stripes();
                }
            }
        }
        return slices;
    }

    @Override
    public long ask() {
        long answer = 0;
        try (NodeStream stream = node.execute(request, "auto", "latency", null, () -> {})) {
            for (NodeStream.Part part = stream.next(); part != null; part = stream.next()) {
                answer += Counts.sum(part.batch());
            }
        }
        return answer;
    }

    @Override
    public void close() {
        nodes.close();
    }
}
