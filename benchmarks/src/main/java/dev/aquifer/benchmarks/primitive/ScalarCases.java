package dev.aquifer.benchmarks.primitive;

import static dev.aquifer.benchmarks.primitive.Shapes.MONEY;

import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;

/** Parts of dates and times, casts, and CASE. */
final class ScalarCases {
    private ScalarCases() {}

    static List<PrimitiveCase> cases() {
        List<PrimitiveCase> cases = new ArrayList<>();
        Shape date = Shapes.packed(DataType.DATE, Codes.bits(12));
        Shape time = Shapes.packed(DataType.TIMESTAMP, Codes.bits(48));
        Shape fewDates = Shapes.longs(DataType.DATE, Encoding.DICTIONARY, Codes.bits(8));
        cases.add(ofOne("extract_year", Function.EXTRACT_YEAR, date));
        cases.add(ofOne("extract_year", Function.EXTRACT_YEAR, fewDates));
        cases.add(ofOne("extract_year", Function.EXTRACT_YEAR, time));
        cases.add(ofOne("extract_month", Function.EXTRACT_MONTH, date));
        cases.add(ofOne("extract_dow", Function.EXTRACT_DOW, date));
        cases.add(ofOne("extract_hour", Function.EXTRACT_HOUR, time));
        cases.add(ofOne("truncate_month", Function.TRUNCATE_MONTH, date));
        Expr later = Expr.call(Function.ADD_MONTHS, date.column(0), new Expr.Literal(DataType.INT64, 3L));
        cases.add(PrimitiveCase.expression("add_months", later, date));

        Shape number = Shapes.packed(DataType.INT32, Codes.bits(16));
        cases.add(cast("cast_bigint", number, DataType.INT64));
        cases.add(cast("cast_decimal", Shapes.packed(DataType.INT64, Codes.bits(32)), Shapes.WIDE));
        cases.add(cast("cast_double", Shapes.packed(MONEY, Codes.bits(24)), DataType.FLOAT64));
        Shape doubles = Shapes.floats(DataType.FLOAT64, Encoding.PLAIN, Codes.bits(40));
        cases.add(cast("cast_bigint", doubles, DataType.INT64));
        cases.add(cast("cast_varchar", number, DataType.VARCHAR));
        cases.add(cast("cast_integer", Shapes.digits(Encoding.PLAIN, Codes.bits(24)), DataType.INT32));
        cases.add(cast("cast_date", time, DataType.DATE));

        for (double share : List.of(0.1, 0.5)) {
            cases.add(choice(share, Shapes.packed(DataType.INT32, Codes.half(16, share)), number));
        }
        cases.add(choice(0.5, Shapes.floats(DataType.FLOAT64, Encoding.PLAIN, Codes.half(40, 0.5)), doubles));
        return cases;
    }

    private static PrimitiveCase ofOne(String primitive, Function function, Shape shape) {
        return PrimitiveCase.expression(primitive, Expr.call(function, shape.column(0)), shape);
    }

    private static PrimitiveCase cast(String primitive, Shape shape, DataType target) {
        return PrimitiveCase.expression(primitive, Expr.cast(shape.column(0), target), shape);
    }

    /** CASE WHEN a &lt; constant THEN b ELSE a END. */
    private static PrimitiveCase choice(double share, Shape first, Shape second) {
        Expr expr = Expr.call(Function.CASE, CompareCases.below(0, first), second.column(1), first.column(0));
        PrimitiveCase all = PrimitiveCase.expression("case", expr, first, second);
        return new PrimitiveCase(all.primitive(), all.shapes(), share, all.fragment());
    }
}
