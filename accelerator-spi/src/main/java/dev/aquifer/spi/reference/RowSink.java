package dev.aquifer.spi.reference;

import dev.aquifer.spi.batch.Batch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the rows that pass the filter go. */
interface RowSink extends AutoCloseable {
    /** Whether further rows of the stripe can matter. */
    boolean wantsMore();

    /**
     * Takes a row.
     *
     * @param registers the row's registers, good until the next row
     * @param position stripe ordinal * 65,536 + row
     */
    void accept(@Nullable Object[] registers, long position);

    /** What goes out at the end of a stripe. */
    List<Batch> endStripe();

    /** What goes out at the end. */
    List<Batch> finish();

    @Override
    void close();
}
