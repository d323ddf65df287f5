package dev.aquifer.protocol.arrow;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;

/** Columns from a schema message. Arrow's own reader assumes a well-formed message; this one does not. */
final class SchemaReader {
    /** A table cell each; more is no table. */
    private static final int MAX_COLUMNS = 100_000;

    private SchemaReader() {}

    static List<dev.aquifer.spi.type.Field> read(Schema schema) throws MalformedArrow {
        if (schema.endianness() != Endianness.Little) {
            throw new MalformedArrow("big-endian data, which are not supported");
        }
        int count = schema.fieldsLength();
        if (count < 0 || count > MAX_COLUMNS) {
            throw new MalformedArrow("a schema of " + count + " columns");
        }
        List<dev.aquifer.spi.type.Field> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Field field = schema.fields(i);
            String name = field.name();
            if (field.dictionary() != null) {
                throw new MalformedArrow("the column " + name + " is encoded by a dictionary, which is not supported");
            }
            fields.add(new dev.aquifer.spi.type.Field(name == null ? "" : name, type(field)));
        }
        return List.copyOf(fields);
    }

    private static DataType type(Field field) throws MalformedArrow {
        switch (field.typeType()) {
            case Type.Bool -> {
                return DataType.BOOLEAN;
            }
            case Type.Utf8 -> {
                return DataType.VARCHAR;
            }
            case Type.Binary -> {
                return DataType.BINARY;
            }
            case Type.Int -> {
                Int integer = new Int();
                if (field.type(integer) != null && integer.isSigned()) {
                    switch (integer.bitWidth()) {
                        case Byte.SIZE -> {
                            return DataType.INT8;
                        }
                        case Short.SIZE -> {
                            return DataType.INT16;
                        }
                        case Integer.SIZE -> {
                            return DataType.INT32;
                        }
                        case Long.SIZE -> {
                            return DataType.INT64;
                        }
                        default -> throw unsupported(field);
                    }
                }
            }
            case Type.FloatingPoint -> {
                FloatingPoint number = new FloatingPoint();
                if (field.type(number) != null && number.precision() == Precision.SINGLE) {
                    return DataType.FLOAT32;
                }
                if (field.type(number) != null && number.precision() == Precision.DOUBLE) {
                    return DataType.FLOAT64;
                }
            }
            case Type.Decimal -> {
                Decimal decimal = new Decimal();
                if (field.type(decimal) != null && decimal.bitWidth() == 128) {
                    return decimal(decimal.precision(), decimal.scale());
                }
            }
            case Type.Date -> {
                Date date = new Date();
                if (field.type(date) != null && date.unit() == DateUnit.DAY) {
                    return DataType.DATE;
                }
            }
            case Type.Timestamp -> {
                Timestamp timestamp = new Timestamp();
                if (field.type(timestamp) != null
                        && timestamp.unit() == TimeUnit.MICROSECOND
                        && timestamp.timezone() == null) {
                    return DataType.TIMESTAMP;
                }
            }
            default -> throw unsupported(field);
        }
        throw unsupported(field);
    }

    private static DataType decimal(int precision, int scale) throws MalformedArrow {
        try {
            return DataType.decimal(precision, scale);
        } catch (AquiferException e) {
            throw new MalformedArrow(String.valueOf(e.getMessage()), e);
        }
    }

    private static MalformedArrow unsupported(Field field) {
        return new MalformedArrow(
                "the column " + field.name() + " has a type that is not supported: " + Type.name(field.typeType()));
    }
}
