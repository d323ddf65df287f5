package dev.aquifer.service.hydrate;

import dev.aquifer.lake.parquet.ParquetFooter;
import dev.aquifer.lake.parquet.RowGroup;
import dev.aquifer.service.cache.ChunkKey;
import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.prune.ZonePruner;
import dev.aquifer.spi.source.PartitionValue;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What zone maps say of the columns of slices: those of blocks met, those in footers, those of values that paths tell. */
final class SliceZones {
    private final ZoneIndex met;

    SliceZones(ZoneIndex met) {
        this.met = met;
    }

    /**
     * The zone maps of all rows of some slices of one object, whose paths tell the same, by column; null where they are not known, or
     * the plan is wrong about a row group, which loading says.
     *
     * @param columns as any of the slices has them
     * @param rows of all of the slices
     */
    @Nullable
    List<ZoneMap> known(List<SliceColumn> columns, List<Slice> slices, long rows) {
        List<@Nullable ChunkKey> keys = new ArrayList<>();
        columns.forEach(column -> keys.add(column.key()));
        @Nullable ZoneMap[] zones = met.all(keys, slices);
        if (zones == null) {
            return null;
        }
        List<ZoneMap> known = new ArrayList<>();
        for (int i = 0; i < zones.length; i++) {
            ZoneMap zone = zones[i];
            PartitionValue partition = columns.get(i).partition();
            known.add(zone == null && partition != null ? constant(partition, rows) : Objects.requireNonNull(zone));
        }
        return known;
    }

    /** Leaves out the stripes in which the filter can be true for no row. */
    void prune(SliceRequest request, @Nullable ParquetFooter footer, BitSet stripes) {
        ZonePruner filter = request.filter();
        if (filter == null) {
            return;
        }
        List<SliceColumn> columns = request.columns();
        if (footer != null) {
            RowGroup group = footer.rowGroups().get(request.slice().rowGroup());
            if (!filter.mayMatch(column -> ofFile(columns.get(column), footer, group))) {
                stripes.clear();
            }
        }
        if (stripes.isEmpty()) {
            return;
        }
        Stripe stripe = new Stripe(request);
        for (int next = stripes.nextSetBit(0); next >= 0; next = stripes.nextSetBit(next + 1)) {
            stripe.number = next;
            if (!filter.mayMatch(stripe::zone)) {
                stripes.clear(next);
            }
        }
    }

    private static ZoneMap ofFile(SliceColumn column, ParquetFooter footer, RowGroup group) {
        long rows = group.rows();
        DataType type = column.field().type();
        PartitionValue partition = column.partition();
        if (partition != null) {
            return constant(partition, rows);
        }
        int position = footer.indexOf(column.field().name());
        if (position < 0) {
            return new ZoneMap(type, rows, rows, null, null, false, false, false);
        }
        ZoneMap zone = group.chunks().get(position).zoneMap();
        // Bounds of another type, narrower or of another physical form, are not worth converting.
        return zone != null && zone.type().equals(type) ? zone : ZoneMap.unknown(type, rows);
    }

    private static ZoneMap constant(PartitionValue partition, long rows) {
        Object value = partition.value();
        if (value instanceof Double number && number.isNaN()) {
            return new ZoneMap(partition.type(), rows, 0, null, null, false, false, true);
        }
        return new ZoneMap(
                partition.type(), rows, value == null ? rows : 0, value, value, value != null, value != null, false);
    }

    /** One stripe of a slice after the other; the zone maps of all of a column's are looked up together. */
    private final class Stripe {
        final SliceRequest request;
        final @Nullable ZoneMap[] @Nullable [] columns;
        int number;

        Stripe(SliceRequest request) {
            this.request = request;
            this.columns = new @Nullable ZoneMap[request.columns().size()] @Nullable [];
        }

        ZoneMap zone(int index) {
            SliceColumn column = request.columns().get(index);
            int rows = ConstantColumns.rows(request.slice().rows(), number);
            if (column.partition() != null) {
                return constant(column.partition(), rows);
            }
            @Nullable ZoneMap[] zones = columns[index];
            if (zones == null) {
                // Of columns that the filter does not ask for none is looked up.
                zones = column.key() == null ? new @Nullable ZoneMap[0] : met.stripes(column.key());
                columns[index] = zones;
            }
            ZoneMap zone = number < zones.length ? zones[number] : null;
            return zone == null ? ZoneMap.unknown(column.field().type(), rows) : zone;
        }
    }
}
