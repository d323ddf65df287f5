package dev.aquifer.engine.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.math.BigInteger;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

final class ParameterValuesTest {
    private static final DataType NARROW = DataType.decimal(5, 2);
    private static final DataType WIDE = DataType.decimal(38, 4);

    private static void refused(ErrorCode code, DataType from, Object value, DataType to) {
        AquiferException error =
                assertThrows(AquiferException.class, () -> ParameterValues.convert(from, value, to, 3));
        assertEquals(code, error.code());
        assertEquals(true, String.valueOf(error.getMessage()).startsWith("parameter 3 is " + to));
    }

    @Test
    void whatKeepsItsValueIsTaken() {
        assertEquals(127L, ParameterValues.convert(DataType.INT64, 127L, DataType.INT8, 1));
        assertEquals(12_700L, ParameterValues.convert(DataType.INT64, 127L, NARROW, 1));
        assertEquals(7L, ParameterValues.convert(NARROW, 700L, DataType.INT32, 1));
        assertEquals(BigInteger.valueOf(12_300), ParameterValues.convert(NARROW, 123L, WIDE, 1));
        assertEquals(123L, ParameterValues.convert(WIDE, BigInteger.valueOf(12_300), NARROW, 1));
        assertEquals(1.5, ParameterValues.convert(NARROW, 150L, DataType.FLOAT64, 1));
        assertEquals((double) 0.1f, ParameterValues.convert(DataType.FLOAT64, 0.1, DataType.FLOAT32, 1));
        assertEquals(86_400_000_000L, ParameterValues.convert(DataType.DATE, 1L, DataType.TIMESTAMP, 1));
    }

    @Test
    void timestampsComeInAnyUnit() {
        try (BufferAllocator allocator = new RootAllocator()) {
            for (TimeUnit unit : TimeUnit.values()) {
                long perSecond = switch (unit) {
                    case SECOND -> 1;
                    case MILLISECOND -> 1_000;
                    case MICROSECOND -> 1_000_000;
                    case NANOSECOND -> 1_000_000_000;
                };
                Field field = new Field("p", FieldType.nullable(new ArrowType.Timestamp(unit, null)), null);
                try (VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(field)), allocator)) {
                    ((TimeStampVector) root.getVector(0)).setSafe(0, -3 * perSecond);
                    root.setRowCount(1);
                    assertEquals(
                            List.of(-3_000_000L), ParameterValues.read(root, List.of(DataType.TIMESTAMP)), unit.name());
                }
            }
        }
    }

    @Test
    void whatDoesNotIsRefused() {
        refused(ErrorCode.OUT_OF_RANGE, DataType.INT64, 128L, DataType.INT8);
        refused(ErrorCode.OUT_OF_RANGE, DataType.INT64, Long.MIN_VALUE, DataType.INT32);
        refused(ErrorCode.OUT_OF_RANGE, DataType.INT64, 1_000L, NARROW);
        refused(ErrorCode.OUT_OF_RANGE, NARROW, 123L, DataType.INT64);
        refused(ErrorCode.OUT_OF_RANGE, WIDE, BigInteger.TEN.pow(37), DataType.INT64);
        refused(ErrorCode.TYPE_MISMATCH, DataType.FLOAT64, 1.0, DataType.INT64);
        refused(ErrorCode.TYPE_MISMATCH, DataType.VARCHAR, Bytes.utf8("1"), DataType.INT64);
        refused(ErrorCode.TYPE_MISMATCH, DataType.TIMESTAMP, 1L, DataType.DATE);
    }
}
