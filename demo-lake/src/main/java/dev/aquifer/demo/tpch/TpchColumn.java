package dev.aquifer.demo.tpch;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * One column of a TPC-H table: its name, and how its values come out of a generated row of class {@code E}. TPC-H has no
 * nulls.
 */
sealed interface TpchColumn<E> {
    String name();

    /** The column in a Parquet schema. */
    Type parquetType();

    void write(E row, RecordConsumer to);

    /** BIGINT: the keys. */
    record OfKey<E>(String name, ToLongFunction<E> value) implements TpchColumn<E> {
        @Override
        public Type parquetType() {
            return Types.required(PrimitiveTypeName.INT64).named(name);
        }

        @Override
        public void write(E row, RecordConsumer to) {
            to.addLong(value.applyAsLong(row));
        }
    }

    /** INTEGER. */
    record OfInt<E>(String name, ToIntFunction<E> value) implements TpchColumn<E> {
        @Override
        public Type parquetType() {
            return Types.required(PrimitiveTypeName.INT32).named(name);
        }

        @Override
        public void write(E row, RecordConsumer to) {
            to.addInteger(value.applyAsInt(row));
        }
    }

    /** DECIMAL(15,2), given in hundredths. */
    record OfDecimal<E>(String name, ToLongFunction<E> hundredths) implements TpchColumn<E> {
        @Override
        public Type parquetType() {
            return Types.required(PrimitiveTypeName.INT64)
                    .as(LogicalTypeAnnotation.decimalType(2, 15))
                    .named(name);
        }

        @Override
        public void write(E row, RecordConsumer to) {
            to.addLong(hundredths.applyAsLong(row));
        }
    }

    /** DATE, given in days since 1970-01-01. */
    record OfDate<E>(String name, ToIntFunction<E> days) implements TpchColumn<E> {
        @Override
        public Type parquetType() {
            return Types.required(PrimitiveTypeName.INT32)
                    .as(LogicalTypeAnnotation.dateType())
                    .named(name);
        }

        @Override
        public void write(E row, RecordConsumer to) {
            to.addInteger(days.applyAsInt(row));
        }
    }

    /**
     * VARCHAR.
     *
     * @param repeats whether values repeat, so that a dictionary pays
     */
    record OfText<E>(String name, boolean repeats, Function<E, String> value) implements TpchColumn<E> {
        @Override
        public Type parquetType() {
            return Types.required(PrimitiveTypeName.BINARY)
                    .as(LogicalTypeAnnotation.stringType())
                    .named(name);
        }

        @Override
        public void write(E row, RecordConsumer to) {
            to.addBinary(Binary.fromConstantByteArray(value.apply(row).getBytes(StandardCharsets.UTF_8)));
        }
    }
}
