package dev.aquifer.hwtests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.hwtests.generate.RandomExpressions;
import dev.aquifer.hwtests.generate.RandomValues;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.error.ErrorCode;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.reference.RowEvaluator;
import dev.aquifer.spi.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Compiled programs against a walk over the tree: the walk evaluates an argument only when it gets there, so it shows
 * that masks keep exactly those failures that SQL has, and that shared registers are shared rightly. Single functions are
 * the reference's in both.
 */
final class LazyEvaluationTest {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());
    private static final int COLUMNS = 6;

    /** A value or an error. */
    private sealed interface Result {
        record Value(@Nullable Object value) implements Result {}

        record Failure(ErrorCode code, @Nullable String message) implements Result {}
    }

    private final Random random = new Random(SEED);
    private final Map<Expr, RowEvaluator> single = new HashMap<>();

    private @Nullable Object walk(Expr expr, @Nullable Object[] row) {
        return switch (expr) {
            case Expr.ColumnRef ref -> row[ref.index()];
            case Expr.Literal literal -> literal.value();
            case Expr.Call call ->
                switch (call.function()) {
                    case AND -> connective(call, row, false);
                    case OR -> connective(call, row, true);
                    case CASE -> choose(call, row);
                    case COALESCE -> coalesce(call, row);
                    default -> apply(call, row);
                };
        };
    }

    private @Nullable Object connective(Expr.Call call, @Nullable Object[] row, boolean decisive) {
        boolean isNull = false;
        for (Expr arg : call.args()) {
            Object value = walk(arg, row);
            if (value == null) {
                isNull = true;
            } else if (value.equals(decisive)) {
                return decisive;
            }
        }
        return isNull ? null : (Object) !decisive;
    }

    private @Nullable Object choose(Expr.Call call, @Nullable Object[] row) {
        for (int i = 0; i + 1 < call.args().size(); i += 2) {
            if (Boolean.TRUE.equals(walk(call.arg(i), row))) {
                return walk(call.arg(i + 1), row);
            }
        }
        return walk(call.args().getLast(), row);
    }

    private @Nullable Object coalesce(Expr.Call call, @Nullable Object[] row) {
        for (Expr arg : call.args()) {
            Object value = walk(arg, row);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** A function over values: as an expression over columns, but for arguments that must be constants. */
    private @Nullable Object apply(Expr.Call call, @Nullable Object[] row) {
        @Nullable Object[] values = new @Nullable Object[call.args().size()];
        List<Expr> args = new ArrayList<>();
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            Expr arg = call.arg(i);
            values[i] = walk(arg, row);
            types.add(arg.type());
            args.add(arg instanceof Expr.Literal ? arg : new Expr.ColumnRef(i, arg.type()));
        }
        Expr flat = new Expr.Call(call.function(), args, call.type());
        return single.computeIfAbsent(flat, each -> RowEvaluator.of(types, List.of(each)))
                .evaluate(values)[0];
    }

    private static Result result(Supplier<@Nullable Object> evaluation) {
        try {
            return new Result.Value(evaluation.get());
        } catch (AquiferException e) {
            return new Result.Failure(e.code(), e.getMessage());
        }
    }

    @Test
    void programsFailForThoseRowsForWhichTheTreeFails() {
        RandomValues values = new RandomValues(random);
        int errors = 0;
        int lazy = 0;
        int rows = 0;
        for (int round = 0; round < 4_000; round++) {
            List<DataType> types = new ArrayList<>();
            for (int i = 0; i < COLUMNS; i++) {
                types.add(values.type());
            }
            RandomExpressions expressions = new RandomExpressions(random, types);
            Expr expr = expressions.of(random.nextInt(3) == 0 ? DataType.BOOLEAN : types.getFirst(), 4);
            Expr alone = Expr.call(Function.IS_NULL, expr);
            Expr guarded = Expr.call(
                    Function.CASE,
                    expressions.of(DataType.BOOLEAN, 2),
                    alone,
                    new Expr.Literal(DataType.BOOLEAN, true));
            RowEvaluator compiled = RowEvaluator.of(types, List.of(guarded));
            for (int i = 0; i < 12; i++, rows++) {
                @Nullable Object[] row = new @Nullable Object[COLUMNS];
                for (int column = 0; column < COLUMNS; column++) {
                    row[column] = random.nextInt(5) == 0 ? null : values.value(types.get(column));
                }
                Result expected = result(() -> walk(guarded, row));
                Result actual = result(() -> compiled.evaluate(row)[0]);
                assertEquals(expected, actual, () -> guarded + " over " + types + ", seed " + SEED);
                errors += expected instanceof Result.Failure ? 1 : 0;
                lazy += expected instanceof Result.Value && result(() -> walk(alone, row)) instanceof Result.Failure
                        ? 1
                        : 0;
            }
        }
        // The test would prove nothing without rows that fail, and rows that only laziness saves.
        assertTrue(
                errors > rows / 50 && lazy > rows / 50, errors + " errors and " + lazy + " saved in " + rows + " rows");
    }
}
