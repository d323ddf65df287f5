package dev.aquifer.lake.page;

import dev.aquifer.lake.format.MalformedException;
import dev.aquifer.lake.format.PageHeader;
import dev.aquifer.lake.format.PhysicalType;
import dev.aquifer.lake.format.UnsupportedFormatException;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.Dictionary;
import dev.aquifer.spi.batch.StripeColumn;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.type.Physical;
import java.util.Objects;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a column chunk stripe by stripe. Holds the chunk's bytes, one decompressed page and the dictionary; memory beyond
 * that is the stripe being filled. Not for use by several threads at once.
 */
public final class ChunkDecoder {
    private final ColumnLayout layout;
    private final Codec codec;
    private final long rows;
    private final long uncompressedBytes;
    private final byte[] bytes;
    private final int end;
    private int position;
    private long rowsRead;
    /** Rows of the pages so far. */
    private long rowsAnnounced;

    private @Nullable StripeBuffer dictionary;
    private @Nullable Dictionary shared;
    /** Bytes of the longest text in it. */
    private int longestText;

    private final DecodeMemory memory;
    private int pageRows;
    private @Nullable Levels levels;
    private @Nullable ValueReader values;
    /** Bytes of text of the stripe before, which had all its rows. */
    private int lastText;

    /**
     * @param rows rows of the chunk
     * @param uncompressedBytes what the file says that all its pages are together, headers included
     * @param bytes the chunk in {@code bytes[0 .. end)}, and {@link Cursor#PADDING} more
     */
    public ChunkDecoder(ColumnLayout layout, Codec codec, long rows, long uncompressedBytes, byte[] bytes, int end) {
        this(layout, codec, rows, uncompressedBytes, bytes, end, new DecodeMemory());
    }

    /**
     * As without it.
     *
     * @param memory nobody else's until what was decoded is not used any more; the chunk may lie in it
     */
    public ChunkDecoder(
            ColumnLayout layout,
            Codec codec,
            long rows,
            long uncompressedBytes,
            byte[] bytes,
            int end,
            DecodeMemory memory) {
        this.layout = layout;
        this.codec = codec;
        this.rows = rows;
        this.uncompressedBytes = uncompressedBytes;
        this.bytes = bytes;
        this.end = end;
        this.memory = memory;
    }

    /**
     * The next stripe of 65,536 rows, or of those that are left; null after the last.
     *
     * @throws MalformedException if the bytes cannot be those of such a chunk
     * @throws UnsupportedFormatException if they use a feature that is not supported
     * @throws ValueRangeException if a value does not fit the SQL type
     */
    public @Nullable Column next() {
        int count = rowsOfNext();
        if (count == 0) {
            return null;
        }
        StripeBuffer stripe = new StripeBuffer(layout.type(), count, layout.optional(), textHint(count), null);
        decode(stripe, 0);
        return stripe.build();
    }

    /**
     * As {@link #next}, but for one stripe at a time: what was given out before is overwritten, as clearing fresh memory would be a
     * tenth of hydrating. A stripe of text that is all codes of the chunk's dictionary is left as such.
     */
    public @Nullable StripeColumn nextStripe() {
        int count = rowsOfNext();
        if (count == 0) {
            return null;
        }
        if (pageRows == 0) {
            // The first page tells whether there is a dictionary.
            nextDataPage();
        }
        Dictionary shared = shared();
        if (shared == null) {
            return overwritten(reused(count), 0);
        }
        CodeBuffer codes = new CodeBuffer(count, layout.optional());
        int row = 0;
        while (row < count) {
            if (pageRows == 0) {
                nextDataPage();
                continue;
            }
            if (values != null && !(values instanceof ValueReader.Dictionary)) {
                // The writer gave its dictionary up in the middle of the stripe.
                StripeBuffer stripe = reused(count);
                codes.decode(Objects.requireNonNull(dictionary), stripe, row);
                return overwritten(stripe, row);
            }
            int n = Math.min(pageRows, count - row);
            int present = levels == null ? n : levels.read(codes.validity, row, n);
            if (present > 0) {
                dictionaryOf(present).codes(codes.codes, row, present);
            }
            codes.spread(row, n, present);
            pageRows -= n;
            row += n;
        }
        rowsRead += count;
        // Looks at each row only where it has to: all rows could have the longest text.
        if ((long) longestText * count > StripeBuffer.MAX_TEXT - Cursor.PADDING) {
            StripeBuffer.checkText(codes.textBytes(Objects.requireNonNull(dictionary)), count);
        }
        return codes.build(shared);
    }

    private int rowsOfNext() {
        return (int) Math.min(Stripes.MAX_ROWS, rows - rowsRead);
    }

    private StripeBuffer reused(int count) {
        // Text has the array of the stripe before, which grows where it must.
        return new StripeBuffer(layout.type(), count, layout.optional(), 0, memory);
    }

    private Column overwritten(StripeBuffer stripe, int from) {
        decode(stripe, from);
        if (stripe.physical == Physical.BYTES) {
            memory.keepText(stripe.data);
        }
        return stripe.lend();
    }

    /** Fills a stripe from a row on. */
    private void decode(StripeBuffer stripe, int from) {
        int count = stripe.rows;
        int row = from;
        while (row < count) {
            if (pageRows == 0) {
                nextDataPage();
                continue;
            }
            int n = Math.min(pageRows, count - row);
            fill(stripe, row, n);
            pageRows -= n;
            row += n;
        }
        rowsRead += count;
        lastText = stripe.data.length;
    }

    /** The dictionary as stripes share it, or null where there is none of text, or looking through it is no small part. */
    private @Nullable Dictionary shared() {
        if (shared == null
                && dictionary != null
                && dictionary.rows <= Stripes.MAX_ROWS
                && dictionary.build() instanceof BytesColumn texts) {
            shared = new Dictionary(texts);
            for (int code = 0; code < texts.size(); code++) {
                longestText = Math.max(longestText, texts.length(code));
            }
        }
        return shared;
    }

    private ValueReader.Dictionary dictionaryOf(int present) {
        if (values instanceof ValueReader.Dictionary codes) {
            return codes;
        }
        throw noBytes(present);
    }

    private static MalformedException noBytes(int present) {
        return new MalformedException("it has a page of " + present + " values in no bytes");
    }

    private int textHint(int rows) {
        return (int) Math.min((long) lastText * rows / Stripes.MAX_ROWS, StripeBuffer.MAX_TEXT / 2);
    }

    private void fill(StripeBuffer stripe, int row, int count) {
        int present = levels == null ? count : levels.read(stripe.validity, row, count);
        if (present > 0) {
            if (values == null) {
                throw noBytes(present);
            }
            values.read(stripe, row, present);
        }
        if (present < count) {
            stripe.nulls += count - present;
            stripe.spread(row, count, present);
        }
    }

    private void nextDataPage() {
        if (position >= end) {
            throw new MalformedException("it ends after " + rowsAnnounced + " of " + rows + " rows");
        }
        PageHeader header = PageHeader.read(bytes, position, end);
        int from = header.end();
        if (header.compressedBytes() < 0 || header.compressedBytes() > end - from) {
            throw new MalformedException(
                    "it has a page of " + header.compressedBytes() + " bytes where " + (end - from) + " are left");
        }
        if (header.uncompressedBytes() < 0
                || header.uncompressedBytes() > Math.min(uncompressedBytes, Integer.MAX_VALUE - 64)) {
            throw new MalformedException("it has a page of " + header.uncompressedBytes()
                    + " bytes uncompressed, and all of it should have " + uncompressedBytes);
        }
        position = from + header.compressedBytes();
        if (header.checked()) {
            CRC32 crc = new CRC32();
            crc.update(bytes, from, header.compressedBytes());
            if ((int) crc.getValue() != header.crc()) {
                throw new MalformedException("a page does not have the checksum that it was written with");
            }
        }
        switch (header.type()) {
            case PageHeader.DATA -> firstVersion(header, from);
            case PageHeader.DATA_V2 -> secondVersion(header, from);
            case PageHeader.DICTIONARY -> dictionary(header, from);
            default -> {} // index pages, and what the format may add: passed over
        }
    }

    private void firstVersion(PageHeader header, int from) {
        pageRows = pageRows(header);
        Cursor in = decompress(from, header.compressedBytes(), header.uncompressedBytes());
        levels = null;
        if (layout.optional()) {
            switch (header.levelEncoding()) {
                case PageReaders.RLE -> {
                    int length = in.i32("the length of definition levels");
                    int start = in.take(length, "definition levels");
                    levels = new Levels.Runs(new Cursor(in.bytes, start, start + length));
                }
                case PageReaders.BIT_PACKED -> levels = new Levels.BigEndian(in, pageRows);
                default ->
                    throw new MalformedException("it has definition levels of encoding " + header.levelEncoding());
            }
        }
        values = values(header, in);
    }

    private void secondVersion(PageHeader header, int from) {
        pageRows = pageRows(header);
        int repetition = header.repetitionBytes();
        int definition = header.definitionBytes();
        // Levels are never compressed here, and count in both lengths.
        long before = (long) repetition + definition;
        if (repetition < 0
                || definition < 0
                || before > header.compressedBytes()
                || before > header.uncompressedBytes()) {
            throw new MalformedException("it has a page of " + header.compressedBytes() + " bytes with " + repetition
                    + " and " + definition + " bytes of levels");
        }
        int start = from + repetition;
        levels = layout.optional() ? new Levels.Runs(new Cursor(bytes, start, start + definition)) : null;
        int dataFrom = start + definition;
        int stored = header.compressedBytes() - (int) before;
        int length = header.uncompressedBytes() - (int) before;
        // Arrow before 3.0 compressed these pages and said that it had not (ARROW-10353).
        boolean compressed = header.compressed() || stored != length;
        Cursor in = compressed ? decompress(dataFrom, stored, length) : plain(dataFrom, stored, length);
        values = values(header, in);
    }

    /** A page of nulls has no bytes with which an encoding could begin. */
    private @Nullable ValueReader values(PageHeader header, Cursor in) {
        return in.remaining() == 0 ? null : PageReaders.open(layout, header.encoding(), in, dictionary, memory);
    }

    private int pageRows(PageHeader header) {
        if (header.values() < 0 || header.values() > rows - rowsAnnounced) {
            throw new MalformedException(
                    "it has a page of " + header.values() + " rows where " + (rows - rowsAnnounced) + " are left");
        }
        rowsAnnounced += header.values();
        return header.values();
    }

    private void dictionary(PageHeader header, int from) {
        if (dictionary != null) {
            throw new MalformedException("it has two dictionaries");
        }
        if (header.encoding() != PageReaders.PLAIN && header.encoding() != PageReaders.PLAIN_DICTIONARY) {
            throw new UnsupportedFormatException("it has a dictionary in encoding number " + header.encoding());
        }
        int count = header.values();
        int width = switch (layout.stored()) {
            case BOOLEAN -> 1;
            case INT32, FLOAT, BYTE_ARRAY -> 4;
            case INT64, DOUBLE -> 8;
            case INT96, FIXED_LEN_BYTE_ARRAY -> layout.width();
        };
        // The shortest possible values bound the count before anything is allocated by it.
        if (count < 0 || layout.stored() != PhysicalType.BOOLEAN && (long) count * width > header.uncompressedBytes()) {
            throw new MalformedException(
                    "it has a dictionary of " + count + " values in " + header.uncompressedBytes() + " bytes");
        }
        if (layout.stored() == PhysicalType.BOOLEAN) {
            throw new MalformedException("it has a dictionary of booleans");
        }
        Cursor in = decompress(from, header.compressedBytes(), header.uncompressedBytes());
        StripeBuffer read =
                new StripeBuffer(layout.type(), count, false, Math.min(header.uncompressedBytes(), 1 << 20), null);
        PageReaders.open(layout, PageReaders.PLAIN, in, null, memory).read(read, 0, count);
        dictionary = read;
    }

    private Cursor decompress(int from, int length, int uncompressed) {
        if (codec == Codec.UNCOMPRESSED) {
            return plain(from, length, uncompressed);
        }
        if (uncompressed > codec.mostBytes(length)) {
            throw new MalformedException(
                    "it has a page of " + length + " bytes that claims to be " + uncompressed + " once decompressed");
        }
        byte[] page = memory.page(uncompressed);
        if (uncompressed > 0) {
            codec.decompress(bytes, from, length, page, 0, uncompressed);
        }
        return new Cursor(page, 0, uncompressed);
    }

    private Cursor plain(int from, int length, int uncompressed) {
        if (length != uncompressed) {
            throw new MalformedException(
                    "it has an uncompressed page of two lengths, " + length + " and " + uncompressed);
        }
        return new Cursor(bytes, from, from + length);
    }
}
