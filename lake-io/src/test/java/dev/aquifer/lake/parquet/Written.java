package dev.aquifer.lake.parquet;

import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;

/** A file of random rows of every supported type, written by parquet-hadoop, and the values that reading it must give. */
record Written(Map<String, List<@Nullable Object>> values) {
    static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
            message t {
              required int64 id;
              optional boolean flag;
              optional int32 i8 (INTEGER(8,true));
              optional int32 i16 (INTEGER(16,true));
              optional int32 i32;
              required int64 i64 (INTEGER(64,true));
              optional int32 u8 (INTEGER(8,false));
              optional int32 u16 (INTEGER(16,false));
              optional int32 u32 (INTEGER(32,false));
              optional int64 u64 (INTEGER(64,false));
              optional int32 dec32 (DECIMAL(9,2));
              optional int64 dec64 (DECIMAL(18,4));
              optional fixed_len_byte_array(5) decfix (DECIMAL(11,3));
              optional fixed_len_byte_array(16) decwide (DECIMAL(38,7));
              optional binary decbin (DECIMAL(18,0));
              optional binary decbinwide (DECIMAL(30,2));
              optional float f32;
              required double f64;
              optional fixed_len_byte_array(2) f16 (FLOAT16);
              optional int32 day (DATE);
              optional int64 millis (TIMESTAMP(MILLIS,true));
              optional int64 micros (TIMESTAMP(MICROS,false));
              optional int64 nanos (TIMESTAMP(NANOS,true));
              optional int96 old;
              optional binary text (STRING);
              required binary few (ENUM);
              optional binary json (JSON);
              optional binary plain;
            }
            """);

    /** How the writer is set up. */
    interface Setup extends UnaryOperator<GroupBuilder> {}

    /**
     * Writes a file.
     *
     * @param nulls one value of optional columns in this many is null; 0 for none, 1 for all
     */
    static Written write(Path file, int rows, int nulls, RandomGenerator random, Setup setup) throws IOException {
        Map<String, List<@Nullable Object>> values = new LinkedHashMap<>();
        SCHEMA.getFields().forEach(field -> values.put(field.getName(), new ArrayList<>()));
        GroupBuilder builder = new GroupBuilder(file, SCHEMA);
        try (ParquetWriter<Group> writer = setup.apply(builder).build()) {
            for (int row = 0; row < rows; row++) {
                Group group = new SimpleGroup(SCHEMA);
                for (int field = 0; field < SCHEMA.getFieldCount(); field++) {
                    boolean optional =
                            SCHEMA.getType(field).isRepetition(org.apache.parquet.schema.Type.Repetition.OPTIONAL);
                    boolean isNull = optional && nulls > 0 && random.nextInt(nulls) == 0;
                    String name = SCHEMA.getFieldName(field);
                    ReadBack.of(values, name).add(isNull ? null : add(group, name, row, random));
                }
                writer.write(group);
            }
        }
        return new Written(values);
    }

    static final Map<String, DataType> TYPES = sqlTypes();

    private static Map<String, DataType> sqlTypes() {
        Map<String, DataType> types = new LinkedHashMap<>();
        types.put("id", DataType.INT64);
        types.put("flag", DataType.BOOLEAN);
        types.put("i8", DataType.INT8);
        types.put("i16", DataType.INT16);
        types.put("i32", DataType.INT32);
        types.put("i64", DataType.INT64);
        types.put("u8", DataType.INT16);
        types.put("u16", DataType.INT32);
        types.put("u32", DataType.INT64);
        types.put("u64", DataType.decimal(20, 0));
        types.put("dec32", DataType.decimal(9, 2));
        types.put("dec64", DataType.decimal(18, 4));
        types.put("decfix", DataType.decimal(11, 3));
        types.put("decwide", DataType.decimal(38, 7));
        types.put("decbin", DataType.decimal(18, 0));
        types.put("decbinwide", DataType.decimal(30, 2));
        types.put("f32", DataType.FLOAT32);
        types.put("f64", DataType.FLOAT64);
        types.put("f16", DataType.FLOAT32);
        types.put("day", DataType.DATE);
        types.put("millis", DataType.TIMESTAMP);
        types.put("micros", DataType.TIMESTAMP);
        types.put("nanos", DataType.TIMESTAMP);
        types.put("old", DataType.TIMESTAMP);
        types.put("text", DataType.VARCHAR);
        types.put("few", DataType.VARCHAR);
        types.put("json", DataType.VARCHAR);
        types.put("plain", DataType.VARCHAR);
        return types;
    }

    /** Adds a random value to the row, often an extreme one, and says what reading it must give. */
    private static Object add(Group group, String name, int row, RandomGenerator random) {
        return switch (name) {
            case "id" -> number(group, name, (long) row);
            case "flag" -> {
                boolean value = random.nextInt(10) < 3;
                group.add(name, value);
                yield value;
            }
            case "i8" -> integer(group, name, (byte) extreme(random, 8));
            case "i16" -> integer(group, name, (short) extreme(random, 16));
            case "i32", "day" -> integer(group, name, (int) extreme(random, 32));
            case "i64", "micros" -> number(group, name, extreme(random, 64));
            case "u8" -> integer(group, name, (int) extreme(random, 8) & 0xff);
            case "u16" -> integer(group, name, (int) extreme(random, 16) & 0xffff);
            case "u32" -> {
                int value = (int) extreme(random, 32);
                group.add(name, value);
                yield value & 0xffff_ffffL;
            }
            case "u64" -> {
                long value = extreme(random, 64);
                group.add(name, value);
                yield new BigInteger(Long.toUnsignedString(value));
            }
            case "dec32" -> integer(group, name, (int) decimal(random, 9).longValueExact());
            case "dec64" -> number(group, name, decimal(random, 18).longValueExact());
            case "decfix" -> {
                BigInteger value = decimal(random, 11);
                group.add(name, bigEndian(value, 5));
                yield value.longValueExact();
            }
            case "decwide" -> {
                BigInteger value = decimal(random, 38);
                group.add(name, bigEndian(value, 16));
                yield value;
            }
            case "decbin" -> {
                BigInteger value = decimal(random, 18);
                // The shortest form, and one with bytes that only repeat the sign.
                group.add(name, bigEndian(value, random.nextBoolean() ? value.bitLength() / 8 + 1 : 12));
                yield value.longValueExact();
            }
            case "decbinwide" -> {
                BigInteger value = decimal(random, 30);
                group.add(name, bigEndian(value, random.nextBoolean() ? value.bitLength() / 8 + 1 : 20));
                yield value;
            }
            case "f32" -> {
                float value = Float.intBitsToFloat((int) extreme(random, 32));
                group.add(name, value);
                yield (double) value;
            }
            case "f64" -> {
                double value = row % 3 == 0 ? (row % 100 - 50) / 4.0 : Double.longBitsToDouble(extreme(random, 64));
                group.add(name, value);
                yield value;
            }
            case "f16" -> {
                short value = (short) extreme(random, 16);
                group.add(name, Binary.fromConstantByteArray(new byte[] {(byte) value, (byte) (value >> 8)}));
                yield (double) Float.float16ToFloat(value);
            }
            case "millis" -> {
                long value = extreme(random, 64) / 1000;
                group.add(name, value);
                yield value * 1000;
            }
            case "nanos" -> {
                long value = extreme(random, 64);
                group.add(name, value);
                yield Math.floorDiv(value, 1000L);
            }
            case "old" -> {
                int day = random.nextInt(-700_000, 700_000);
                long nanos = random.nextLong(86_400_000_000_000L);
                ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
                bytes.putLong(nanos).putInt(day + 2_440_588);
                group.add(name, Binary.fromConstantByteArray(bytes.array()));
                yield day * 86_400_000_000L + nanos / 1000;
            }
            case "few" -> text(group, name, "value " + random.nextInt(5));
            case "text", "json", "plain" -> text(group, name, text(random, row));
            default -> throw new IllegalStateException(name);
        };
    }

    private static String text(RandomGenerator random, int row) {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> "naïve 日本 🦆";
            case 2 -> "shared prefix of many values " + row;
            case 3 -> "x".repeat(random.nextInt(20));
            case 4 -> "ü".repeat(random.nextInt(300));
            default -> Long.toString(random.nextLong());
        };
    }

    private static Object text(Group group, String name, String value) {
        group.add(name, Binary.fromString(value));
        return Bytes.utf8(value);
    }

    private static Object integer(Group group, String name, int value) {
        group.add(name, value);
        return (long) value;
    }

    private static Object number(Group group, String name, long value) {
        group.add(name, value);
        return value;
    }

    private static Binary bigEndian(BigInteger value, int width) {
        byte[] shortest = value.toByteArray();
        byte[] bytes = new byte[width];
        java.util.Arrays.fill(bytes, (byte) (value.signum() < 0 ? -1 : 0));
        System.arraycopy(shortest, 0, bytes, width - shortest.length, shortest.length);
        return Binary.fromConstantByteArray(bytes);
    }

    private static BigInteger decimal(RandomGenerator random, int precision) {
        BigInteger max = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
        return switch (random.nextInt(5)) {
            case 0 -> max;
            case 1 -> max.negate();
            case 2 -> BigInteger.valueOf(random.nextInt(-500, 500));
            default ->
                new BigInteger(random.nextInt(1, 128), new java.util.Random(random.nextLong()))
                        .mod(max)
                        .multiply(BigInteger.valueOf(random.nextBoolean() ? 1 : -1));
        };
    }

    /** A number of some bits, sign-extended: the least, the greatest, a small or any one. */
    private static long extreme(RandomGenerator random, int bits) {
        long value = switch (random.nextInt(5)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            case 2 -> (long) random.nextInt(-9, 9) << (64 - bits);
            default -> random.nextLong();
        };
        return value >> (64 - bits);
    }
}
