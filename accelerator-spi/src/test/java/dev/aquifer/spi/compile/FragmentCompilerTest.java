package dev.aquifer.spi.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.primitive.Program;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FragmentCompilerTest {
    private static final Expr A = new Expr.ColumnRef(0, DataType.INT32);
    private static final Expr B = new Expr.ColumnRef(1, DataType.INT32);
    private static final Expr QUOTIENT = Expr.call(Function.DIVIDE, A, B);

    private static Expr literal(long value) {
        return new Expr.Literal(DataType.INT32, value);
    }

    private static Program compile(@Nullable Expr filter, Terminal terminal, Expr... projections) {
        List<Field> fields = List.of(new Field("a", DataType.INT32), new Field("b", DataType.INT32));
        return FragmentCompiler.compile(new Fragment(fields, filter, List.of(projections), terminal))
                .program();
    }

    private static Program rows(@Nullable Expr filter, Expr... projections) {
        return compile(filter, new Terminal.Rows(-1), projections);
    }

    private static Op division(Program program) {
        return program.ops().stream()
                .filter(op -> op.primitive() == Primitive.DIVIDE)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatCanFailIsMaskedByTheFilter() {
        Expr filter = Expr.call(Function.NOT_EQUAL, B, literal(0));
        Program program = rows(filter, QUOTIENT);
        assertEquals(program.filter(), division(program).mask(), program.listing());
        assertTrue(program.filter() >= 0);
        assertEquals(-1, division(rows(null, QUOTIENT)).mask());
    }

    @Test
    void branchesAreMaskedByWhatLeadsThere() {
        Expr condition = Expr.call(Function.NOT_EQUAL, B, literal(0));
        Program taken = rows(null, Expr.call(Function.CASE, condition, QUOTIENT, A));
        assertEquals(Primitive.IS_TRUE, taken.ops().get(division(taken).mask()).primitive(), taken.listing());
        Program other = rows(null, Expr.call(Function.CASE, condition, A, QUOTIENT));
        assertEquals(
                Primitive.IS_NOT_TRUE, other.ops().get(division(other).mask()).primitive(), other.listing());
        Expr positive = Expr.call(Function.GREATER, QUOTIENT, literal(1));
        Program and = rows(null, Expr.call(Function.AND, condition, positive));
        assertEquals(Primitive.IS_NOT_FALSE, and.ops().get(division(and).mask()).primitive(), and.listing());
        Program or = rows(null, Expr.call(Function.OR, condition, positive));
        assertEquals(Primitive.IS_NOT_TRUE, or.ops().get(division(or).mask()).primitive(), or.listing());
        Program coalesce = rows(null, Expr.call(Function.COALESCE, A, QUOTIENT));
        assertEquals(
                Primitive.IS_NULL, coalesce.ops().get(division(coalesce).mask()).primitive(), coalesce.listing());
    }

    @Test
    void equalSubexpressionsShareARegister() {
        Program program = rows(null, QUOTIENT, Expr.call(Function.ADD, QUOTIENT, A), QUOTIENT);
        assertEquals(
                1,
                program.ops().stream()
                        .filter(op -> op.primitive() == Primitive.DIVIDE)
                        .count());
    }

    @Test
    void fragmentsThatDifferInConstantsShareAProgram() {
        Program one = rows(Expr.call(Function.LESS, A, literal(1)), Expr.call(Function.ADD, A, literal(1)));
        Program two = rows(Expr.call(Function.LESS, A, literal(7)), Expr.call(Function.ADD, A, literal(8)));
        assertEquals(one, two);
        assertNotEquals(one, rows(Expr.call(Function.LESS, B, literal(1)), Expr.call(Function.ADD, A, literal(1))));
    }

    @Test
    void argumentsOfFilteredAggregatesAreMaskedByTheirFilter() {
        Expr condition = Expr.call(Function.NOT_EQUAL, B, literal(0));
        AggregateCall filtered = new AggregateCall(AggregateFunction.SUM, 1, 0);
        Program program = compile(null, new Terminal.Aggregate(List.of(), List.of(filtered)), condition, QUOTIENT);
        assertEquals(
                Primitive.NOT_EQUAL, program.ops().get(division(program).mask()).primitive(), program.listing());
        AggregateCall all = new AggregateCall(AggregateFunction.SUM, 1, -1);
        Program both = compile(null, new Terminal.Aggregate(List.of(), List.of(filtered, all)), condition, QUOTIENT);
        assertEquals(-1, division(both).mask(), both.listing());
    }

    /** Every register is written before it is read, masks are booleans. */
    @Test
    void programsAreWellFormed() {
        Expr condition = Expr.call(Function.IN, A, literal(1), literal(2));
        Expr nested = Expr.call(
                Function.CASE,
                condition,
                Expr.call(Function.COALESCE, QUOTIENT, Expr.call(Function.MODULO, A, B)),
                Expr.call(Function.NOT, condition),
                QUOTIENT,
                B);
        Program program = rows(Expr.call(Function.OR, condition, Expr.call(Function.EQUAL, nested, A)), nested);
        for (int i = 0; i < program.ops().size(); i++) {
            Op op = program.ops().get(i);
            for (int arg : op.args()) {
                assertTrue(arg >= 0 && arg < i, program.listing());
            }
            assertTrue(op.mask() < i, program.listing());
            assertTrue(op.mask() < 0 || program.typeOf(op.mask()).equals(DataType.BOOLEAN), program.listing());
        }
    }
}
