package dev.aquifer.lake.parquet;

import dev.aquifer.lake.object.ObjectStore;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several columns of one row group: their chunks are fetched at the same time. */
public final class RowGroupReader {
    private RowGroupReader() {}

    /**
     * Fetches the chunks of some columns in parallel; each is decoded by whoever asks its reader for stripes.
     *
     * @return a reader for each column, in the order asked for
     * @throws AquiferException as {@link ColumnChunkReader#open}, of the first column that fails
     */
    public static Map<String, ColumnChunkReader> open(
            ObjectStore store, ParquetFooter footer, int rowGroup, List<String> columns) {
        List<String> distinct = List.copyOf(new LinkedHashSet<>(columns));
        Map<String, ColumnChunkReader> readers = new LinkedHashMap<>();
        if (distinct.size() == 1) {
            readers.put(distinct.getFirst(), ColumnChunkReader.open(store, footer, rowGroup, distinct.getFirst()));
            return readers;
        }
        List<Future<ColumnChunkReader>> fetches = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                for (String column : distinct) {
                    fetches.add(threads.submit(() -> ColumnChunkReader.open(store, footer, rowGroup, column)));
                }
                for (int i = 0; i < distinct.size(); i++) {
                    readers.put(distinct.get(i), fetches.get(i).get());
                }
            } finally {
                // What is still under way after a failure is of no use; closing waits for it.
                fetches.forEach(fetch -> fetch.cancel(true));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AquiferException(
                    ErrorCode.CANCELLED,
                    "interrupted while reading " + footer.object().uri(),
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AquiferException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
        return readers;
    }

    /** All stripes of some columns of a row group, in the order asked for. */
    public static Map<String, List<Column>> read(
            ObjectStore store, ParquetFooter footer, int rowGroup, List<String> columns) {
        Map<String, List<Column>> decoded = new LinkedHashMap<>();
        open(store, footer, rowGroup, columns).forEach((column, reader) -> decoded.put(column, reader.readAll()));
        return decoded;
    }
}
