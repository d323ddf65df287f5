package dev.aquifer.hwtests.generate;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.fragment.FinalColumn;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Whole fragments of all terminals, over columns of any types. */
public final class RandomFragments {
    private final Random random;
    private final RandomValues values;

    public RandomFragments(Random random) {
        this.random = random;
        this.values = new RandomValues(random);
    }

    /** A fragment that {@link Fragment#check() checks}. */
    public Fragment fragment() {
        List<Field> fields = new ArrayList<>();
        int columns = random.nextInt(10) == 0 ? 0 : random.nextInt(1, 6);
        for (int i = 0; i < columns; i++) {
            fields.add(new Field("c" + i, values.type()));
        }
        RandomExpressions expressions =
                new RandomExpressions(random, fields.stream().map(Field::type).toList());
        Expr filter = random.nextInt(3) == 0 ? null : expressions.of(DataType.BOOLEAN, random.nextInt(1, 4));
        return switch (random.nextInt(3)) {
            case 0 -> rows(fields, filter, expressions);
            case 1 -> aggregate(fields, filter, expressions);
            default -> topN(fields, filter, expressions);
        };
    }

    private List<Expr> projections(RandomExpressions expressions, List<Field> fields, int count) {
        List<Expr> projections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DataType type = fields.isEmpty() || random.nextInt(3) == 0
                    ? values.type()
                    : fields.get(random.nextInt(fields.size())).type();
            projections.add(expressions.of(type, random.nextInt(4) == 0 ? random.nextInt(1, 4) : 0));
        }
        return projections;
    }

    private Fragment rows(List<Field> fields, @Nullable Expr filter, RandomExpressions expressions) {
        long limit = random.nextInt(3) == 0 ? random.nextInt(100) : -1;
        return new Fragment(
                fields, filter, projections(expressions, fields, random.nextInt(5)), new Terminal.Rows(limit));
    }

    private Fragment topN(List<Field> fields, @Nullable Expr filter, RandomExpressions expressions) {
        List<Expr> projections = projections(expressions, fields, random.nextInt(1, 5));
        List<SortKey> keys = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            keys.add(new SortKey(random.nextInt(projections.size()), random.nextBoolean(), random.nextBoolean()));
        }
        return new Fragment(
                fields, filter, projections, new Terminal.TopN(keys, random.nextInt(8) == 0 ? 0 : random.nextInt(200)));
    }

    private Fragment aggregate(List<Field> fields, @Nullable Expr filter, RandomExpressions expressions) {
        List<Expr> projections = new ArrayList<>();
        List<Integer> keys = new ArrayList<>();
        for (Expr key :
                projections(expressions, fields, List.of(0, 0, 1, 1, 2, 3).get(random.nextInt(6)))) {
            keys.add(projections.size());
            projections.add(key);
        }
        List<AggregateCall> calls = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            int condition = -1;
            if (random.nextInt(3) == 0) {
                condition = projections.size();
                projections.add(expressions.of(DataType.BOOLEAN, 2));
            }
            calls.add(call(projections, expressions, fields, condition));
        }
        return new Fragment(
                fields, filter, projections, new Terminal.Aggregate(keys, calls, completion(projections, keys, calls)));
    }

    private @Nullable Completion completion(List<Expr> projections, List<Integer> keys, List<AggregateCall> calls) {
        if (keys.isEmpty() || random.nextBoolean()) {
            return null;
        }
        if (random.nextInt(3) == 0) {
            boolean sums = projections.get(keys.getLast()).type().isNumeric() && random.nextBoolean();
            return new Completion.Distinct(List.of(sums ? AggregateFunction.SUM : AggregateFunction.COUNT));
        }
        List<Completion.Key> order = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            int place = random.nextInt(keys.size() + calls.size());
            FinalColumn column =
                    place < keys.size() ? new FinalColumn.Key(place) : new FinalColumn.Value(place - keys.size());
            order.add(new Completion.Key(column, random.nextBoolean(), random.nextBoolean()));
        }
        return new Completion.Top(order, random.nextInt(20));
    }

    private AggregateCall call(
            List<Expr> projections, RandomExpressions expressions, List<Field> fields, int condition) {
        AggregateFunction function = List.of(AggregateFunction.values()).get(random.nextInt(4));
        if (function == AggregateFunction.COUNT && random.nextBoolean()) {
            return new AggregateCall(function, -1, condition);
        }
        Expr arg = projections(expressions, fields, 1).getFirst();
        if (function == AggregateFunction.SUM && !arg.type().isNumeric()) {
            List<DataType> numbers =
                    RandomValues.TYPES.stream().filter(DataType::isNumeric).toList();
            arg = expressions.of(numbers.get(random.nextInt(numbers.size())), random.nextInt(3));
        }
        projections.add(arg);
        return new AggregateCall(function, projections.size() - 1, condition);
    }
}
