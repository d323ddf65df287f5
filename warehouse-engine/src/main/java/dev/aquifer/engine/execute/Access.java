package dev.aquifer.engine.execute;

import dev.aquifer.engine.catalog.DataFile;
import dev.aquifer.engine.catalog.TableSnapshot;
import dev.aquifer.engine.plan.Work;
import dev.aquifer.lake.parquet.LakeColumn;
import dev.aquifer.lake.parquet.RowGroup;
import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.prune.ZonePruner;
import dev.aquifer.spi.source.PartitionValue;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table access ready to run: the fragment, and the row groups that zone maps and partition values do not rule out.
 *
 * @param slices in the order of the table
 * @param stripesTotal stripes of the whole table
 * @param stripesPruned stripes of the row groups that are ruled out
 * @param columnBytes compressed bytes of the fragment's columns in the remaining row groups
 * @param rows rows of the remaining row groups
 * @param requests what nodes are asked for
 */
public record Access(
        TableSnapshot table,
        Work work,
        Fragment fragment,
        List<Slice> slices,
        long stripesTotal,
        long stripesPruned,
        long columnBytes,
        long rows,
        NodeRequests requests) {

    static Access of(TableSnapshot table, Work work) {
        Fragment fragment = work.fragment();
        List<Slice> slices = new ArrayList<>();
        long ordinal = 0;
        long pruned = 0;
        long bytes = 0;
        long rows = 0;
        for (DataFile file : table.files()) {
            Map<String, Integer> places = places(file);
            for (RowGroup group : file.footer().rowGroups()) {
                if (group.rows() == 0) {
                    continue;
                }
                if (mayMatch(fragment, file, group, places)) {
                    slices.add(file.slice(group, ordinal));
                    bytes += columnBytes(fragment, group, places);
                    rows += group.rows();
                } else {
                    pruned += group.stripes();
                }
                ordinal += group.stripes();
            }
        }
        List<Slice> remaining = List.copyOf(slices);
        return new Access(
                table,
                work,
                fragment,
                remaining,
                ordinal,
                pruned,
                bytes,
                rows,
                new NodeRequests(fragment, work.wholeFragment(), remaining));
    }

    /** A guess at the bytes that come back: three tenths of the rows for each conjunct, and a hundredth of those as groups. */
    long returnedBytes() {
        long width = 8L * fragment.outputTypes().size();
        double selected = rows * Math.pow(0.3, conjuncts(fragment.filter()));
        double returned = switch (fragment.terminal()) {
            case Terminal.Rows all -> all.limit() < 0 ? selected : Math.min(selected, (double) all.limit());
            case Terminal.TopN top -> Math.min(selected, (double) top.limit());
            case Terminal.Aggregate aggregate -> aggregate.keys().isEmpty() ? 1 : Math.max(1, selected / 100);
        };
        return (long) (width * returned);
    }

    private static int conjuncts(@Nullable Expr filter) {
        if (filter == null) {
            return 0;
        }
        return filter instanceof Expr.Call call && call.function() == Function.AND
                ? call.args().size()
                : 1;
    }

    private static Map<String, Integer> places(DataFile file) {
        Map<String, Integer> places = new HashMap<>();
        List<LakeColumn> columns = file.footer().columns();
        for (int i = 0; i < columns.size(); i++) {
            places.put(columns.get(i).name(), i);
        }
        return places;
    }

    private static long columnBytes(Fragment fragment, RowGroup group, Map<String, Integer> places) {
        long bytes = 0;
        for (Field field : fragment.columns()) {
            Integer place = places.get(field.name());
            bytes += place == null ? 0 : group.chunks().get(place).compressedBytes();
        }
        return bytes;
    }

    private static boolean mayMatch(Fragment fragment, DataFile file, RowGroup group, Map<String, Integer> places) {
        return fragment.filter() == null
                || ZonePruner.mayMatch(
                        fragment.filter(), column -> zone(fragment.columns().get(column), file, group, places));
    }

    private static ZoneMap zone(Field field, DataFile file, RowGroup group, Map<String, Integer> places) {
        PartitionValue partition = partition(file, field.name());
        if (partition != null) {
            return constant(field, partition.value(), group.rows());
        }
        Integer place = places.get(field.name());
        if (place == null) {
            return constant(field, null, group.rows());
        }
        ZoneMap zone = group.chunks().get(place).zoneMap();
        // Bounds of a narrower type may have another physical form.
        return zone == null || !zone.type().equals(field.type()) ? ZoneMap.unknown(field.type(), group.rows()) : zone;
    }

    private static ZoneMap constant(Field field, @Nullable Object value, long rows) {
        boolean bounded = value != null && !(value instanceof Double number && number.isNaN());
        Object bound = bounded ? value : null;
        return new ZoneMap(
                field.type(),
                rows,
                value == null ? rows : 0,
                bound,
                bound,
                bounded,
                bounded,
                value != null && !bounded);
    }

    static @Nullable PartitionValue partition(DataFile file, String column) {
        for (PartitionValue value : file.partitions()) {
            if (value.column().equals(column)) {
                return value;
            }
        }
        return null;
    }
}
