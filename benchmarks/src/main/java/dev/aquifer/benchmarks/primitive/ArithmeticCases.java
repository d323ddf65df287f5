package dev.aquifer.benchmarks.primitive;

import static dev.aquifer.benchmarks.primitive.Shapes.MONEY;

import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;

/** Arithmetic of two columns that look alike, and with a constant. */
final class ArithmeticCases {
    private static final DataType SMALL_MONEY = DataType.decimal(9, 2);

    private final List<PrimitiveCase> cases = new ArrayList<>();

    private ArithmeticCases() {}

    static List<PrimitiveCase> cases() {
        ArithmeticCases all = new ArithmeticCases();
        Shape money = Shapes.packed(MONEY, Codes.bits(24));
        Shape doubles = Shapes.floats(DataType.FLOAT64, Encoding.PLAIN, Codes.bits(40));
        all.ofTwo("add", Function.ADD, Shapes.packed(DataType.INT32, Codes.bits(16)));
        all.ofTwo("add", Function.ADD, Shapes.packed(DataType.INT64, Codes.bits(32)));
        all.ofTwo("add", Function.ADD, money);
        all.ofTwo("add", Function.ADD, Shapes.wide(Encoding.PLAIN, Codes.bits(40)));
        all.ofTwo("add", Function.ADD, Shapes.floats(DataType.FLOAT32, Encoding.PLAIN, Codes.bits(20)));
        all.ofTwo("add", Function.ADD, doubles);
        all.ofTwo("multiply", Function.MULTIPLY, Shapes.packed(DataType.INT32, Codes.bits(12)));
        all.ofTwo("multiply", Function.MULTIPLY, Shapes.packed(DataType.INT64, Codes.bits(16)));
        // A product of 64 bits, and one of 128.
        all.ofTwo("multiply", Function.MULTIPLY, Shapes.packed(SMALL_MONEY, Codes.bits(16)));
        all.ofTwo("multiply", Function.MULTIPLY, money);
        all.ofTwo("multiply", Function.MULTIPLY, doubles);
        all.ofTwo("divide", Function.DIVIDE, Shapes.packed(DataType.INT64, Codes.bits(16)));
        all.ofTwo("divide", Function.DIVIDE, Shapes.packed(DataType.INT64, Codes.bits(32)));
        all.ofTwo("divide", Function.DIVIDE, money);
        all.ofTwo("divide", Function.DIVIDE, doubles);
        Shape number = Shapes.packed(DataType.INT64, Codes.bits(32));
        Expr hundred = new Expr.Literal(DataType.INT64, 100L);
        all.cases.add(PrimitiveCase.expression(
                "modulo_constant", Expr.call(Function.MODULO, number.column(0), hundred), number));
        return all.cases;
    }

    private void ofTwo(String primitive, Function function, Shape shape) {
        cases.add(PrimitiveCase.expression(
                primitive, Expr.call(function, shape.column(0), shape.column(1)), shape, shape));
    }
}
