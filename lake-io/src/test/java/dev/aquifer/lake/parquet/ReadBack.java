package dev.aquifer.lake.parquet;

import dev.aquifer.lake.object.Lake;
import dev.aquifer.lake.object.LakeConfig;
import dev.aquifer.lake.page.DecodeMemory;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.StripeColumn;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.block.ZoneMap;
import dev.aquifer.spi.block.ZoneMaps;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.ValueText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/** Reads whole files for tests, and checks on the way what must hold for any file. */
final class ReadBack {
    private ReadBack() {}

    /** Every supported column of a file as physical values. */
    static Map<String, List<@Nullable Object>> values(Path file) {
        try (Lake lake = new Lake(LakeConfig.defaults())) {
            ParquetFooter footer = ParquetFooter.read(lake, lake.head(file.toString()));
            return values(lake, footer);
        }
    }

    static Map<String, List<@Nullable Object>> values(Lake lake, ParquetFooter footer) {
        Map<String, List<@Nullable Object>> values = new HashMap<>();
        List<String> columns = supported(footer);
        DecodeMemory memory = new DecodeMemory();
        for (String column : columns) {
            values.put(column, new ArrayList<>());
        }
        for (RowGroup group : footer.rowGroups()) {
            RowGroupReader.read(lake, footer, group.index(), columns).forEach((column, stripes) -> {
                List<@Nullable Object> read = append(group, stripes);
                Assertions.assertEquals(read, hydrated(lake, footer, group.index(), column, memory), column);
                checkZone(footer, group, column, read);
                of(values, column).addAll(read);
            });
        }
        return values;
    }

    /** The values as they are hydrated: text may be codes, and a stripe takes the place of the one before, of other columns too. */
    private static List<@Nullable Object> hydrated(
            Lake lake, ParquetFooter footer, int rowGroup, String column, DecodeMemory memory) {
        List<@Nullable Object> values = new ArrayList<>();
        ColumnChunkReader reader = ColumnChunkReader.open(lake, footer, rowGroup, column, memory);
        for (StripeColumn stripe = reader.nextStripe(); stripe != null; stripe = reader.nextStripe()) {
            append(stripe.decoded(), values);
        }
        memory.trim();
        return values;
    }

    static List<String> supported(ParquetFooter footer) {
        return footer.columns().stream()
                .filter(LakeColumn::isSupported)
                .map(LakeColumn::name)
                .toList();
    }

    private static List<@Nullable Object> append(RowGroup group, List<Column> stripes) {
        Assertions.assertEquals(group.stripes(), stripes.size());
        List<@Nullable Object> read = new ArrayList<>();
        for (int i = 0; i < stripes.size(); i++) {
            Column stripe = stripes.get(i);
            long left = group.rows() - (long) i * Stripes.MAX_ROWS;
            Assertions.assertEquals(Math.min(left, Stripes.MAX_ROWS), stripe.size());
            append(stripe, read);
        }
        return read;
    }

    private static void append(Column stripe, List<@Nullable Object> values) {
        for (int row = 0; row < stripe.size(); row++) {
            values.add(stripe.value(row));
        }
    }

    /** The file's statistics must hold for the values that were read. */
    private static void checkZone(ParquetFooter footer, RowGroup group, String column, List<@Nullable Object> values) {
        ZoneMap zone = group.chunks().get(footer.indexOf(column)).zoneMap();
        Assertions.assertNotNull(zone, column);
        long nulls = values.stream().filter(value -> value == null).count();
        Assertions.assertTrue(zone.nullCount() == -1 || zone.nullCount() == nulls, () -> column + " " + zone);
        boolean minSeen = false;
        boolean maxSeen = false;
        for (Object value : values) {
            if (value == null) {
                continue;
            }
            if (value instanceof Double number && number.isNaN()) {
                Assertions.assertTrue(zone.hasNan(), column);
                continue;
            }
            Object min = zone.min();
            Object max = zone.max();
            if (min != null && max != null) {
                int low = ZoneMaps.compare(value, min);
                int high = ZoneMaps.compare(value, max);
                Assertions.assertTrue(low >= 0 && high <= 0, () -> column + ": " + value + " outside of " + zone);
                minSeen |= low == 0;
                maxSeen |= high == 0;
            }
        }
        Assertions.assertTrue(
                minSeen || !zone.minExact(), () -> column + " has no value at the exact minimum of " + zone);
        Assertions.assertTrue(
                maxSeen || !zone.maxExact(), () -> column + " has no value at the exact maximum of " + zone);
    }

    /** What a map holds for a key that it must have. */
    static <V> V of(Map<String, V> map, String key) {
        V value = map.get(key);
        if (value == null) {
            throw new AssertionError("no " + key + " in " + map.keySet());
        }
        return value;
    }

    /** A value as text, in the form that results print. */
    static @Nullable String text(DataType type, @Nullable Object value) {
        return value == null ? null : ValueText.of(type, value);
    }
}
