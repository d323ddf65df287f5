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
 * One column of a TPC-H table, and how its values come out of a generated row of class {@code E}. TPC-H has no nulls.
 *
 * @param dictionary whether a dictionary may pay
 */
record TpchColumn<E>(Type parquetType, boolean dictionary, Writer<E> writer) {
    /** Gives a row's value to a Parquet writer. */
    interface Writer<E> {
        void write(E row, RecordConsumer to);
    }

    String name() {
        return parquetType.getName();
    }

    void write(E row, RecordConsumer to) {
        writer.write(row, to);
    }

    /** BIGINT: the keys. */
    static <E> TpchColumn<E> key(String name, ToLongFunction<E> value) {
        return new TpchColumn<>(
                Types.required(PrimitiveTypeName.INT64).named(name),
                true,
                (row, to) -> to.addLong(value.applyAsLong(row)));
    }

    /** INTEGER. */
    static <E> TpchColumn<E> integer(String name, ToIntFunction<E> value) {
        return new TpchColumn<>(
                Types.required(PrimitiveTypeName.INT32).named(name),
                true,
                (row, to) -> to.addInteger(value.applyAsInt(row)));
    }

    /** DECIMAL(15,2), given in hundredths. */
    static <E> TpchColumn<E> decimal(String name, ToLongFunction<E> hundredths) {
        return new TpchColumn<>(
                Types.required(PrimitiveTypeName.INT64)
                        .as(LogicalTypeAnnotation.decimalType(2, 15))
                        .named(name),
                true,
                (row, to) -> to.addLong(hundredths.applyAsLong(row)));
    }

    /** DATE, given in days since 1970-01-01. */
    static <E> TpchColumn<E> date(String name, ToIntFunction<E> days) {
        return new TpchColumn<>(
                Types.required(PrimitiveTypeName.INT32)
                        .as(LogicalTypeAnnotation.dateType())
                        .named(name),
                true,
                (row, to) -> to.addInteger(days.applyAsInt(row)));
    }

    /**
     * VARCHAR.
     *
     * @param repeats whether values repeat
     */
    static <E> TpchColumn<E> text(String name, boolean repeats, Function<E, String> value) {
        return new TpchColumn<>(
                Types.required(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(name),
                repeats,
                (row, to) -> to.addBinary(
                        Binary.fromConstantByteArray(value.apply(row).getBytes(StandardCharsets.UTF_8))));
    }
}
