package dev.aquifer.lake.parquet;

import dev.aquifer.lake.format.FileMetadata;
import dev.aquifer.lake.format.FileMetadata.ChunkEntry;
import dev.aquifer.lake.format.FileMetadata.RowGroupEntry;
import dev.aquifer.lake.format.FooterReader;
import dev.aquifer.lake.format.MalformedException;
import dev.aquifer.lake.format.PhysicalType;
import dev.aquifer.lake.object.ObjectStore;
import dev.aquifer.lake.page.Codec;
import dev.aquifer.lake.page.ColumnLayout;
import dev.aquifer.lake.parquet.ParquetFooter.Location;
import dev.aquifer.lake.parquet.SchemaMapping.Entry;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.source.ObjectVersion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fetches a footer, checks that it fits the file, and puts it in the terms of {@link ParquetFooter}. */
final class FooterParser {
    /** Length and magic after the footer. */
    private static final int TAIL_BYTES = 8;
    /** Magic, an empty footer, length, magic. */
    private static final int LEAST_BYTES = 12;
    /** The first request asks for this much of the end; few footers are longer. */
    private static final int FIRST_BYTES = 64 << 10;

    private static final int MOST_BYTES = 256 << 20;
    /** Stripes are numbered by an int. */
    private static final long MOST_ROWS = (long) Integer.MAX_VALUE * Stripes.MAX_ROWS;

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ENCRYPTED_MAGIC = "PARE".getBytes(StandardCharsets.US_ASCII);

    private final ObjectVersion object;
    private final FileMetadata metadata;
    private final int bytes;

    private FooterParser(ObjectVersion object, FileMetadata metadata, int bytes) {
        this.object = object;
        this.metadata = metadata;
        this.bytes = bytes;
    }

    static ParquetFooter read(ObjectStore store, ObjectVersion object) {
        byte[] end = tail(store, object, Math.min(FIRST_BYTES, object.size()));
        int length = footerLength(store, object, end);
        if (length + TAIL_BYTES > end.length) {
            end = tail(store, object, length + TAIL_BYTES);
        }
        int to = end.length - TAIL_BYTES;
        try {
            FileMetadata metadata = FooterReader.read(end, to - length, to);
            return new FooterParser(object, metadata, length).footer();
        } catch (MalformedException e) {
            throw corrupt(object, "its footer is damaged: " + e.getMessage(), e);
        }
    }

    private static byte[] tail(ObjectStore store, ObjectVersion object, long length) {
        byte[] tail = new byte[(int) length];
        store.read(object, object.size() - length, ByteBuffer.wrap(tail));
        return tail;
    }

    private static int footerLength(ObjectStore store, ObjectVersion object, byte[] end) {
        if (object.size() == 0) {
            throw new AquiferException(ErrorCode.NOT_PARQUET, object.uri() + " is empty, so it is no Parquet file");
        }
        int size = end.length;
        if (object.size() < LEAST_BYTES || !isAt(end, size - 4, MAGIC)) {
            throw notParquet(store, object, end);
        }
        int length = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt(size - TAIL_BYTES);
        if (length < 1 || length > object.size() - LEAST_BYTES || length > MOST_BYTES) {
            throw corrupt(
                    object,
                    "it says that its footer has " + Integer.toUnsignedString(length) + " bytes, and it has "
                            + object.size() + " in all",
                    null);
        }
        return length;
    }

    private static AquiferException notParquet(ObjectStore store, ObjectVersion object, byte[] end) {
        byte[] start = new byte[(int) Math.min(4, object.size())];
        store.read(object, 0, ByteBuffer.wrap(start));
        if (Arrays.equals(start, ENCRYPTED_MAGIC) || end.length >= 4 && isAt(end, end.length - 4, ENCRYPTED_MAGIC)) {
            return new AquiferException(
                    ErrorCode.UNSUPPORTED_FILE, object.uri() + " is an encrypted Parquet file, which is not supported");
        }
        if (Arrays.equals(start, MAGIC)) {
            return corrupt(object, "it begins as a Parquet file and does not end as one: it is truncated", null);
        }
        return new AquiferException(
                ErrorCode.NOT_PARQUET, object.uri() + " is not a Parquet file (" + object.size() + " bytes)");
    }

    private static boolean isAt(byte[] bytes, int at, byte[] magic) {
        return Arrays.equals(bytes, at, at + magic.length, magic, 0, magic.length);
    }

    private static AquiferException corrupt(ObjectVersion object, String what, @Nullable Throwable cause) {
        return new AquiferException(ErrorCode.CORRUPT_FILE, object.uri() + " is damaged: " + what, cause);
    }

    private ParquetFooter footer() {
        List<Entry> entries = SchemaMapping.map(metadata.schema());
        int leaves = entries.isEmpty()
                ? 0
                : entries.getLast().firstLeaf() + entries.getLast().leaves();
        checkRowGroups(leaves);
        List<LakeColumn> columns = new ArrayList<>(entries.size());
        List<@Nullable ColumnLayout> layouts = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            String reason = entry.layout() == null ? "" : obstacle(entry.firstLeaf());
            boolean usable = reason.isEmpty();
            columns.add(usable ? entry.column() : new LakeColumn(entry.column().name(), null, reason));
            layouts.add(usable ? entry.layout() : null);
        }
        List<RowGroup> groups = new ArrayList<>(metadata.rowGroups().size());
        List<List<@Nullable Location>> locations =
                new ArrayList<>(metadata.rowGroups().size());
        for (int i = 0; i < metadata.rowGroups().size(); i++) {
            RowGroupEntry group = metadata.rowGroups().get(i);
            groups.add(rowGroup(i, group, entries, layouts));
            locations.add(locations(group, entries, layouts));
        }
        return new ParquetFooter(
                object,
                columns,
                Collections.unmodifiableList(layouts),
                groups,
                Collections.unmodifiableList(locations),
                metadata.rows(),
                bytes);
    }

    private void checkRowGroups(int leaves) {
        long rows = 0;
        for (RowGroupEntry group : metadata.rowGroups()) {
            if (group.rows() < 0 || group.rows() > Math.min(metadata.rows() - rows, MOST_ROWS)) {
                throw new MalformedException(
                        "it has a row group of " + group.rows() + " rows, and " + metadata.rows() + " in all");
            }
            if (group.chunks().size() != leaves) {
                throw new MalformedException(
                        "it has a row group of " + group.chunks().size() + " column chunks for " + leaves + " columns");
            }
            rows += group.rows();
        }
        if (rows != metadata.rows()) {
            throw new MalformedException("it has " + metadata.rows() + " rows, and " + rows + " in its row groups");
        }
    }

    /** Why a flat column that has a type cannot be read after all, or nothing. */
    private String obstacle(int leaf) {
        for (RowGroupEntry group : metadata.rowGroups()) {
            ChunkEntry chunk = group.chunks().get(leaf);
            Codec codec = Codec.of(chunk.codec());
            if (chunk.encrypted() || metadata.encrypted() && chunk.type() < 0) {
                return "it is encrypted";
            }
            if (chunk.type() < 0) {
                return "its metadata is not in this file";
            }
            if (!chunk.filePath().isEmpty()) {
                return "its data is in another file, " + chunk.filePath();
            }
            if (codec == null || !codec.isSupported()) {
                return "compressed with " + (codec == null ? "codec number " + chunk.codec() : codec)
                        + ", which is not supported";
            }
        }
        return "";
    }

    private RowGroup rowGroup(
            int index, RowGroupEntry group, List<Entry> entries, List<@Nullable ColumnLayout> layouts) {
        List<ChunkInfo> chunks = new ArrayList<>(entries.size());
        long start = Long.MAX_VALUE;
        long end = 0;
        for (int column = 0; column < entries.size(); column++) {
            Entry entry = entries.get(column);
            long compressed = 0;
            long uncompressed = 0;
            for (int leaf = entry.firstLeaf(); leaf < entry.firstLeaf() + entry.leaves(); leaf++) {
                ChunkEntry chunk = group.chunks().get(leaf);
                // What is not read is not checked, only kept from spoiling sums.
                compressed += Math.clamp(chunk.compressedBytes(), 0, object.size());
                uncompressed += Math.clamp(chunk.uncompressedBytes(), 0, 1L << 40);
            }
            ColumnLayout layout = layouts.get(column);
            if (layout == null) {
                chunks.add(new ChunkInfo(compressed, uncompressed, null));
                continue;
            }
            ChunkEntry chunk = group.chunks().get(entry.firstLeaf());
            boolean ordered = entry.firstLeaf() < metadata.typeOrdered().size()
                    && metadata.typeOrdered().get(entry.firstLeaf());
            if (group.rows() > 0) {
                start = Math.min(start, start(chunk));
                end = Math.max(end, start(chunk) + chunk.compressedBytes());
            }
            chunks.add(new ChunkInfo(
                    compressed,
                    uncompressed,
                    ChunkStatisticsMapping.map(layout, chunk.statistics(), ordered, group.rows())));
        }
        return start > end
                ? new RowGroup(index, group.rows(), 0, 0, chunks)
                : new RowGroup(index, group.rows(), start, end - start, chunks);
    }

    private List<@Nullable Location> locations(
            RowGroupEntry group, List<Entry> entries, List<@Nullable ColumnLayout> layouts) {
        List<@Nullable Location> locations = new ArrayList<>(entries.size());
        for (int column = 0; column < entries.size(); column++) {
            ColumnLayout layout = layouts.get(column);
            locations.add(
                    layout == null
                            ? null
                            : location(
                                    group,
                                    group.chunks().get(entries.get(column).firstLeaf()),
                                    layout,
                                    entries.get(column)));
        }
        return Collections.unmodifiableList(locations);
    }

    private Location location(RowGroupEntry group, ChunkEntry chunk, ColumnLayout layout, Entry entry) {
        String name = entry.column().name();
        Codec codec = Codec.of(chunk.codec());
        if (codec == null) {
            throw new IllegalStateException("checked by obstacle");
        }
        if (group.rows() == 0) {
            // Arrow writes such row groups for empty tables, and says that their columns are at byte 0.
            return new Location(MAGIC.length, 0, 0, codec);
        }
        long start = start(chunk);
        long last = object.size() - bytes - TAIL_BYTES;
        if (start < MAGIC.length
                || chunk.compressedBytes() < 0
                || chunk.uncompressedBytes() < 0
                || start > last
                || chunk.compressedBytes() > last - start) {
            throw new MalformedException("column " + name + " is said to be at byte " + start + " with "
                    + chunk.compressedBytes() + " bytes (" + chunk.uncompressedBytes() + " uncompressed) of a file of "
                    + object.size());
        }
        if (chunk.values() != group.rows()) {
            throw new MalformedException("column " + name + " has " + chunk.values() + " values in a row group of "
                    + group.rows() + " rows");
        }
        if (PhysicalType.of(chunk.type()) != layout.stored()) {
            throw new MalformedException("column " + name + " is stored as type number " + chunk.type()
                    + " and its schema says " + layout.stored());
        }
        long slack = OldWriters.forgetsDictionaryHeader(metadata.createdBy()) ? OldWriters.DICTIONARY_HEADER_BYTES : 0;
        return new Location(
                start,
                Math.min(chunk.compressedBytes() + slack, last - start),
                chunk.uncompressedBytes() + slack,
                codec);
    }

    /** Some writers give the dictionary an offset of 0 where there is none. */
    private static long start(ChunkEntry chunk) {
        return chunk.dictionaryOffset() > 0 && chunk.dictionaryOffset() < chunk.dataOffset()
                ? chunk.dictionaryOffset()
                : chunk.dataOffset();
    }
}
