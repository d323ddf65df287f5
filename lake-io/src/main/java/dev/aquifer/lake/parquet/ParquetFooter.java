package dev.aquifer.lake.parquet;

import dev.aquifer.lake.object.ObjectStore;
import dev.aquifer.lake.page.Codec;
import dev.aquifer.lake.page.ColumnLayout;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.ObjectVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a Parquet file says of itself: columns, row groups, statistics. Immutable. */
public final class ParquetFooter {
    private final ObjectVersion object;
    private final List<LakeColumn> columns;
    private final List<@Nullable ColumnLayout> layouts;
    private final List<RowGroup> rowGroups;
    private final List<List<@Nullable Location>> locations;
    private final long rows;
    private final int bytes;
    private final Map<String, Integer> byName;

    /** Where one flat column of one row group is. */
    record Location(long start, long length, long uncompressedBytes, Codec codec) {}

    ParquetFooter(
            ObjectVersion object,
            List<LakeColumn> columns,
            List<@Nullable ColumnLayout> layouts,
            List<RowGroup> rowGroups,
            List<List<@Nullable Location>> locations,
            long rows,
            int bytes) {
        this.object = object;
        this.columns = List.copyOf(columns);
        this.layouts = layouts;
        this.rowGroups = List.copyOf(rowGroups);
        this.locations = locations;
        this.rows = rows;
        this.bytes = bytes;
        this.byName = HashMap.newHashMap(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            byName.putIfAbsent(columns.get(i).name(), i);
        }
    }

    /**
     * Reads the footer, in one request where it is not unusually long.
     *
     * @throws AquiferException NOT_PARQUET, CORRUPT_FILE, UNSUPPORTED_FILE (an encrypted file), or what the store throws
     */
    public static ParquetFooter read(ObjectStore store, ObjectVersion object) {
        return FooterParser.read(store, object);
    }

    public ObjectVersion object() {
        return object;
    }

    /** Top-level columns in the order of the file. */
    public List<LakeColumn> columns() {
        return columns;
    }

    /** The index of a column in {@link #columns()}, or -1; names are compared exactly. */
    public int indexOf(String column) {
        return byName.getOrDefault(column, -1);
    }

    public List<RowGroup> rowGroups() {
        return rowGroups;
    }

    /** Rows of all row groups. */
    public long rows() {
        return rows;
    }

    /** Bytes of the footer in the file, which tell how much memory it takes. */
    public int bytes() {
        return bytes;
    }

    /** A column that can be read, or the reason why not as an exception. */
    ColumnLayout layout(int column) {
        ColumnLayout layout = layouts.get(column);
        if (layout == null) {
            LakeColumn unsupported = columns.get(column);
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED_FILE,
                    "column " + unsupported.name() + " of " + object.uri() + " cannot be read: "
                            + unsupported.unsupportedReason());
        }
        return layout;
    }

    Location location(int rowGroup, int column) {
        Location location = locations.get(rowGroup).get(column);
        if (location == null) {
            throw new IllegalStateException("column " + column + " has a layout and no location");
        }
        return location;
    }

    /**
     * The index of a column that is asked for by name.
     *
     * @throws AquiferException UNKNOWN_COLUMN
     */
    int require(String column) {
        int index = indexOf(column);
        if (index < 0) {
            throw new AquiferException(
                    ErrorCode.UNKNOWN_COLUMN,
                    object.uri() + " has no column " + column + "; it has "
                            + columns.stream().map(LakeColumn::name).toList());
        }
        return index;
    }
}
