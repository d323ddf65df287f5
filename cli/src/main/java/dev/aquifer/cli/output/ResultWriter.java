package dev.aquifer.cli.output;

import dev.aquifer.spi.batch.Batch;
import dev.aquifer.spi.type.Field;
import java.io.IOException;
import java.util.List;

/** Writes one result: {@link #begin} once, {@link #rows} any number of times, {@link #end} once. */
public interface ResultWriter {
    void begin(List<Field> columns) throws IOException;

    void rows(Batch batch) throws IOException;

    void end() throws IOException;
}
