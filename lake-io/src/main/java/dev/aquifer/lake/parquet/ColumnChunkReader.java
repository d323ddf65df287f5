package dev.aquifer.lake.parquet;

import dev.aquifer.lake.format.MalformedException;
import dev.aquifer.lake.format.UnsupportedFormatException;
import dev.aquifer.lake.object.ObjectStore;
import dev.aquifer.lake.page.ChunkDecoder;
import dev.aquifer.lake.page.DecodeMemory;
import dev.aquifer.lake.page.ValueRangeException;
import dev.aquifer.lake.parquet.ParquetFooter.Location;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.StripeColumn;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One column of one row group as decoded columns, one for each stripe of 65,536 rows (the last shorter). Fetched with one
 * read, decoded stripe by stripe: while a reader is open it holds the chunk's bytes and one page.
 */
public final class ColumnChunkReader {
    private final ParquetFooter footer;
    private final int rowGroup;
    private final String column;
    private final ChunkDecoder decoder;

    private ColumnChunkReader(ParquetFooter footer, int rowGroup, String column, ChunkDecoder decoder) {
        this.footer = footer;
        this.rowGroup = rowGroup;
        this.column = column;
        this.decoder = decoder;
    }

    /**
     * Fetches the chunk's bytes. Nothing is decoded yet.
     *
     * @throws AquiferException UNKNOWN_COLUMN, UNSUPPORTED_FILE for a column that has no type, or what the store throws
     */
    public static ColumnChunkReader open(ObjectStore store, ParquetFooter footer, int rowGroup, String column) {
        return open(store, footer, rowGroup, column, new DecodeMemory());
    }

    /**
     * As without it.
     *
     * @param memory where the chunk and what {@link #nextStripe} gives lie; nobody else's until that is not used any more
     */
    public static ColumnChunkReader open(
            ObjectStore store, ParquetFooter footer, int rowGroup, String column, DecodeMemory memory) {
        int index = footer.require(column);
        var layout = footer.layout(index);
        Location at = footer.location(rowGroup, index);
        if (at.length() > Integer.MAX_VALUE - 64) {
            throw new AquiferException(
                    ErrorCode.UNSUPPORTED_FILE,
                    where(footer, rowGroup, column) + " has " + at.length() + " bytes; at most 2 GiB are supported");
        }
        int length = (int) at.length();
        byte[] bytes = memory.chunk(length);
        store.read(footer.object(), at.start(), ByteBuffer.wrap(bytes, 0, length));
        long rows = footer.rowGroups().get(rowGroup).rows();
        return new ColumnChunkReader(
                footer,
                rowGroup,
                column,
                new ChunkDecoder(layout, at.codec(), rows, at.uncompressedBytes(), bytes, length, memory));
    }

    /**
     * The next stripe; null after the last.
     *
     * @throws AquiferException CORRUPT_FILE, UNSUPPORTED_FILE or OUT_OF_RANGE, naming file, row group and column
     */
    public @Nullable Column next() {
        return told(decoder::next);
    }

    /**
     * As {@link #next}, but good until the next call only, and a stripe of text that is all codes of the chunk's dictionary is
     * left as such.
     */
    public @Nullable StripeColumn nextStripe() {
        return told(decoder::nextStripe);
    }

    /** What is wrong with a page, as a failure that names the place. */
    private <T> @Nullable T told(Supplier<@Nullable T> decoding) {
        try {
            return decoding.get();
        } catch (MalformedException e) {
            throw failure(ErrorCode.CORRUPT_FILE, " is damaged: ", e);
        } catch (UnsupportedFormatException e) {
            throw failure(ErrorCode.UNSUPPORTED_FILE, " cannot be read: ", e);
        } catch (ValueRangeException e) {
            throw failure(ErrorCode.OUT_OF_RANGE, ": ", e);
        }
    }

    private AquiferException failure(ErrorCode code, String what, RuntimeException e) {
        return new AquiferException(code, where(footer, rowGroup, column) + what + e.getMessage(), e);
    }

    private static String where(ParquetFooter footer, int rowGroup, String column) {
        return "column " + column + " in row group " + rowGroup + " of "
                + footer.object().uri();
    }

    List<Column> readAll() {
        List<Column> stripes = new ArrayList<>();
        for (Column stripe = next(); stripe != null; stripe = next()) {
            stripes.add(stripe);
        }
        return List.copyOf(stripes);
    }

    /** All stripes of a column of a row group. */
    public static List<Column> read(ObjectStore store, ParquetFooter footer, int rowGroup, String column) {
        return open(store, footer, rowGroup, column).readAll();
    }
}
