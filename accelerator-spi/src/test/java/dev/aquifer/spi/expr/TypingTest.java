package dev.aquifer.spi.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TypingTest {
    @ParameterizedTest
    @CsvSource({
        "ADD,15,2,15,2,16,2",
        "SUBTRACT,15,2,10,4,18,4",
        "ADD,38,10,38,0,38,10",
        "MULTIPLY,15,2,15,2,30,4",
        "MULTIPLY,38,20,38,20,38,38",
        "DIVIDE,15,2,15,2,33,18",
        "DIVIDE,3,0,3,0,19,16",
        "DIVIDE,38,0,38,0,38,16",
        "MODULO,15,2,10,4,10,4",
    })
    void decimalArithmetic(Function function, int p1, int s1, int p2, int s2, int p, int s) {
        assertEquals(
                DataType.decimal(p, s),
                Typing.resultType(function, List.of(DataType.decimal(p1, s1), DataType.decimal(p2, s2))));
    }

    /** Whatever the operands, a result type is a type, and holds every sum of operands while digits allow it. */
    @Test
    void decimalResultsAreTypesAndHoldSums() {
        for (int p1 = 1; p1 <= 38; p1 += 3) {
            for (int s1 = 0; s1 <= p1; s1 += 2) {
                for (int p2 = 1; p2 <= 38; p2 += 3) {
                    for (int s2 = 0; s2 <= p2; s2 += 2) {
                        List<DataType> args = List.of(DataType.decimal(p1, s1), DataType.decimal(p2, s2));
                        for (Function function :
                                List.of(Function.ADD, Function.MULTIPLY, Function.DIVIDE, Function.MODULO)) {
                            Typing.resultType(function, args);
                        }
                        DataType sum = Typing.resultType(Function.ADD, args);
                        int whole = Math.max(p1 - s1, p2 - s2) + 1;
                        int scale = Math.max(s1, s2);
                        assertEquals(Math.min(38, whole + scale), sum.precision());
                        assertEquals(scale, sum.scale());
                    }
                }
            }
        }
    }

    @Test
    void roundingMakesRoomForTheCarry() {
        DataType type = DataType.decimal(2, 1);
        assertEquals(DataType.decimal(2, 0), Typing.resultType(Function.FLOOR, List.of(type)));
        assertEquals(DataType.decimal(2, 0), Typing.resultType(Function.ROUND, List.of(type)));
        assertEquals(DataType.decimal(3, 1), Typing.resultType(Function.ROUND, List.of(type, DataType.INT32)));
        assertEquals(DataType.decimal(5, 0), Typing.resultType(Function.CEIL, List.of(DataType.decimal(5, 0))));
        assertEquals(DataType.decimal(1, 0), Typing.resultType(Function.CEIL, List.of(DataType.decimal(38, 38))));
    }

    private static Expr column(int index, DataType type) {
        return new Expr.ColumnRef(index, type);
    }

    private static ErrorCode refusal(Expr expr) {
        return assertThrows(AquiferException.class, () -> Typing.check(expr, List.of(DataType.INT32, DataType.VARCHAR)))
                .code();
    }

    private static Expr.Literal literal(DataType type, @Nullable Object value) {
        return new Expr.Literal(type, value);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertEquals(ErrorCode.INVALID_PLAN, refusal(column(2, DataType.INT32)));
        assertEquals(ErrorCode.INVALID_PLAN, refusal(column(-1, DataType.INT32)));
        assertEquals(ErrorCode.INVALID_PLAN, refusal(column(0, DataType.INT64)));
        assertEquals(ErrorCode.INVALID_PLAN, refusal(literal(DataType.INT8, 128L)));
        assertEquals(ErrorCode.INVALID_PLAN, refusal(literal(DataType.INT8, "text")));
        assertEquals(ErrorCode.INVALID_PLAN, refusal(literal(DataType.FLOAT32, 0.1)));
        assertEquals(ErrorCode.INVALID_PLAN, refusal(literal(DataType.decimal(19, 0), BigInteger.TEN.pow(19))));
        assertEquals(
                ErrorCode.TYPE_MISMATCH,
                refusal(new Expr.Call(
                        Function.EQUAL,
                        List.of(column(0, DataType.INT32), column(1, DataType.VARCHAR)),
                        DataType.BOOLEAN)));
        assertEquals(
                ErrorCode.TYPE_MISMATCH,
                refusal(new Expr.Call(
                        Function.ADD, List.of(column(0, DataType.INT32), column(0, DataType.INT32)), DataType.INT64)));
        Expr pattern = column(1, DataType.VARCHAR);
        assertEquals(ErrorCode.TYPE_MISMATCH, refusal(Expr.call(Function.LIKE, pattern, pattern)));
        assertEquals(
                ErrorCode.TYPE_MISMATCH, refusal(Expr.cast(literal(DataType.BOOLEAN, true), DataType.decimal(5, 2))));
        Typing.check(
                Expr.call(Function.LIKE, pattern, literal(DataType.VARCHAR, Bytes.utf8("%"))),
                List.of(DataType.INT32, DataType.VARCHAR));
    }
}
