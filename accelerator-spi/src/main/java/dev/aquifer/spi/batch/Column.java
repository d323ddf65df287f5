package dev.aquifer.spi.batch;

import org.jspecify.annotations.Nullable;

/** A decoded column: values of one type, some of them null. Values at null rows are unspecified. */
public sealed interface Column extends StripeColumn
        permits BoolColumn, LongColumn, Int128Column, DoubleColumn, BytesColumn {
    /** The physical value at a row, boxed; for tests, the reference device and small results. */
    @Nullable
    Object value(int row);

    /** Bytes of memory held, for budgets. */
    long memoryBytes();

    @Override
    default Column decoded() {
        return this;
    }
}
