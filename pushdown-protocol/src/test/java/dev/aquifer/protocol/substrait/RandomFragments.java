package dev.aquifer.protocol.substrait;

import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.expr.Typing;
import dev.aquifer.spi.fragment.AggregateCall;
import dev.aquifer.spi.fragment.AggregateFunction;
import dev.aquifer.spi.fragment.Completion;
import dev.aquifer.spi.fragment.FinalColumn;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.SortKey;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.source.ObjectVersion;
import dev.aquifer.spi.source.PartitionValue;
import dev.aquifer.spi.source.Slice;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Random valid fragments over random columns: every function, every type, every kind of literal, extremes and nulls. */
final class RandomFragments {
    static final List<DataType> TYPES = List.of(
            DataType.BOOLEAN,
            DataType.INT8,
            DataType.INT16,
            DataType.INT32,
            DataType.INT64,
            DataType.decimal(1, 0),
            DataType.decimal(15, 2),
            DataType.decimal(18, 18),
            DataType.decimal(19, 0),
            DataType.decimal(38, 10),
            DataType.FLOAT32,
            DataType.FLOAT64,
            DataType.DATE,
            DataType.TIMESTAMP,
            DataType.VARCHAR);

    private final SplittableRandom random;
    private final List<Field> columns = new ArrayList<>();
    private final RandomExpressions expressions;

    RandomFragments(SplittableRandom random) {
        this.random = random;
        int count = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            columns.add(new Field(
                    random.nextInt(10) == 0 ? "naïve \ud83d\ude00 \"" + i : "col" + i,
                    TYPES.get(random.nextInt(TYPES.size()))));
        }
        expressions = new RandomExpressions(random, columns);
    }

    FragmentRequest request() {
        List<Slice> slices = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            slices.add(slice(i));
        }
        if (slices.isEmpty() && random.nextBoolean()) {
            return new FragmentRequest(
                    fragment(),
                    List.of(),
                    List.of(
                            new SourceFile("s3://bucket/a.parquet", 0, 0),
                            new SourceFile("file:///tmp/b.parquet", 4, Long.MAX_VALUE - 4)));
        }
        return new FragmentRequest(fragment(), slices);
    }

    private Slice slice(int number) {
        List<PartitionValue> partitions = new ArrayList<>();
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            DataType type = TYPES.get(random.nextInt(TYPES.size()));
            partitions.add(new PartitionValue("p" + i, type, RandomValues.value(random, type)));
        }
        return new Slice(
                new ObjectVersion("s3://lake/t/part " + number + ".parquet", "\"etag-" + number + "\"", 1L << 40),
                random.nextInt(1_000),
                random.nextLong(1L << 40),
                random.nextLong(1L << 40),
                random.nextLong(1L << 30),
                random.nextLong(1L << 30),
                partitions);
    }

    Fragment fragment() {
        Expr filter = random.nextInt(3) == 0 ? null : expressions.of(DataType.BOOLEAN, 4);
        List<Expr> projections = new ArrayList<>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            projections.add(expressions.any(4));
        }
        Terminal terminal = switch (random.nextInt(4)) {
            case 0 -> new Terminal.Rows(-1);
            case 1 -> new Terminal.Rows(random.nextInt(2) == 0 ? 0 : random.nextLong(Long.MAX_VALUE));
            case 2 -> aggregate(projections);
            default -> topN(projections);
        };
        Fragment fragment = new Fragment(columns, filter, projections, terminal);
        fragment.check();
        return fragment;
    }

    private Terminal aggregate(List<Expr> projections) {
        List<Integer> keys = new ArrayList<>();
        List<AggregateCall> calls = new ArrayList<>();
        for (int i = 0; i < projections.size(); i++) {
            if (random.nextInt(3) == 0) {
                keys.add(random.nextInt(projections.size()));
            }
        }
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            AggregateFunction[] functions = AggregateFunction.values();
            AggregateFunction function = functions[random.nextInt(functions.length)];
            int arg = projections.isEmpty() || random.nextInt(5) == 0 ? -1 : random.nextInt(projections.size());
            boolean takes = arg >= 0
                    && (function != AggregateFunction.SUM
                            || projections.get(arg).type().isNumeric());
            if (takes) {
                calls.add(new AggregateCall(function, arg, filter(projections)));
            } else {
                calls.add(new AggregateCall(AggregateFunction.COUNT, -1, filter(projections)));
            }
        }
        return new Terminal.Aggregate(keys, calls, completion(projections, keys, calls));
    }

    private @Nullable Completion completion(List<Expr> projections, List<Integer> keys, List<AggregateCall> calls) {
        if (random.nextInt(3) == 0 || keys.isEmpty()) {
            return null;
        }
        if (random.nextInt(3) == 0) {
            boolean sums = projections.get(keys.getLast()).type().isNumeric() && random.nextBoolean();
            return new Completion.Distinct(
                    sums ? List.of(AggregateFunction.SUM, AggregateFunction.COUNT) : List.of(AggregateFunction.COUNT));
        }
        List<Completion.Key> order = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            order.add(new Completion.Key(finalColumn(keys, calls), random.nextBoolean(), random.nextBoolean()));
        }
        return new Completion.Top(order, random.nextLong(Long.MAX_VALUE));
    }

    private FinalColumn finalColumn(List<Integer> keys, List<AggregateCall> calls) {
        List<FinalColumn> all = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            all.add(new FinalColumn.Key(i));
        }
        for (int i = 0; i < calls.size(); i++) {
            all.add(new FinalColumn.Value(i));
            for (int j = 0; j < calls.size(); j++) {
                if (calls.get(i).function() == AggregateFunction.SUM
                        && calls.get(j).function() == AggregateFunction.COUNT) {
                    all.add(new FinalColumn.Average(i, j));
                }
            }
        }
        return all.get(random.nextInt(all.size()));
    }

    private int filter(List<Expr> projections) {
        for (int i = 0; i < projections.size(); i++) {
            if (projections.get(i).type().equals(DataType.BOOLEAN) && random.nextBoolean()) {
                return i;
            }
        }
        return -1;
    }

    private Terminal topN(List<Expr> projections) {
        List<SortKey> keys = new ArrayList<>();
        for (int i = 0; i < projections.size(); i++) {
            if (random.nextBoolean()) {
                keys.add(new SortKey(random.nextInt(projections.size()), random.nextBoolean(), random.nextBoolean()));
            }
        }
        return new Terminal.TopN(keys, random.nextLong(10_000));
    }

    /** Random trees over columns. */
    static final class RandomExpressions {
        private final SplittableRandom random;
        private final List<Field> columns;

        RandomExpressions(SplittableRandom random, List<Field> columns) {
            this.random = random;
            this.columns = columns;
        }

        Expr any(int depth) {
            Function[] functions = Function.values();
            if (depth > 0 && random.nextInt(4) > 0) {
                return call(functions[random.nextInt(functions.length)], depth - 1);
            }
            return leaf(TYPES.get(random.nextInt(TYPES.size())));
        }

        /** An expression of exactly this type. */
        Expr of(DataType type, int depth) {
            if (depth > 0) {
                for (int attempt = 0; attempt < 8; attempt++) {
                    Expr any = any(depth);
                    if (any.type().equals(type)) {
                        return any;
                    }
                    if (Typing.castable(any.type(), type) && random.nextInt(4) == 0) {
                        return Expr.cast(any, type);
                    }
                }
            }
            return leaf(type);
        }

        private Expr leaf(DataType type) {
            if (random.nextInt(4) > 0) {
                List<Expr> matching = new ArrayList<>();
                for (int i = 0; i < columns.size(); i++) {
                    if (columns.get(i).type().equals(type)) {
                        matching.add(new Expr.ColumnRef(i, type));
                    }
                }
                if (!matching.isEmpty()) {
                    return matching.get(random.nextInt(matching.size()));
                }
            }
            return literal(type);
        }

        private Expr literal(DataType type) {
            return new Expr.Literal(type, RandomValues.value(random, type));
        }

        private Expr[] list(int count, DataType type, int depth) {
            Expr[] list = new Expr[count];
            for (int i = 0; i < count; i++) {
                list[i] = of(type, depth);
            }
            return list;
        }

        private DataType type(List<DataType> types) {
            return types.get(random.nextInt(types.size()));
        }

        private DataType numeric() {
            return type(TYPES.stream().filter(DataType::isNumeric).toList());
        }

        private DataType temporal() {
            return random.nextBoolean() ? DataType.DATE : DataType.TIMESTAMP;
        }

        Expr call(Function function, int depth) {
            return switch (function) {
                case EQUAL,
                        NOT_EQUAL,
                        LESS,
                        LESS_OR_EQUAL,
                        GREATER,
                        GREATER_OR_EQUAL,
                        IS_DISTINCT_FROM,
                        IS_NOT_DISTINCT_FROM -> {
                    Expr left = any(depth);
                    yield Expr.call(function, left, of(left.type(), depth));
                }
                case AND, OR -> Expr.call(function, list(2 + random.nextInt(3), DataType.BOOLEAN, depth));
                case NOT, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE ->
                    Expr.call(function, of(DataType.BOOLEAN, depth));
                case IS_NULL, IS_NOT_NULL -> Expr.call(function, any(depth));
                case IN -> {
                    Expr value = any(depth);
                    Expr[] args = new Expr[2 + random.nextInt(5)];
                    args[0] = value;
                    for (int i = 1; i < args.length; i++) {
                        args[i] = literal(value.type());
                    }
                    yield Expr.call(function, args);
                }
                case LIKE, ILIKE, SIMILAR_TO, REGEXP_LIKE -> {
                    Expr text = of(DataType.VARCHAR, depth);
                    yield random.nextBoolean()
                            ? Expr.call(function, text, literal(DataType.VARCHAR))
                            : Expr.call(function, text, literal(DataType.VARCHAR), literal(DataType.VARCHAR));
                }
                case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO -> {
                    Expr left = of(numeric(), depth);
                    DataType right = left.type().isDecimal()
                            ? type(TYPES.stream().filter(DataType::isDecimal).toList())
                            : left.type();
                    yield Expr.call(function, left, of(right, depth));
                }
                case NEGATE, ABS, FLOOR, CEIL -> Expr.call(function, of(numeric(), depth));
                case ROUND ->
                    random.nextBoolean()
                            ? Expr.call(function, of(numeric(), depth))
                            : Expr.call(function, of(numeric(), depth), literal(DataType.INT32));
                case SQRT -> Expr.call(function, of(DataType.FLOAT64, depth));
                case CASE -> {
                    Expr last = any(depth);
                    List<Expr> args = new ArrayList<>();
                    int clauses = 1 + random.nextInt(3);
                    for (int i = 0; i < clauses; i++) {
                        args.add(of(DataType.BOOLEAN, depth));
                        args.add(of(last.type(), depth));
                    }
                    args.add(last);
                    yield Expr.call(function, args.toArray(Expr[]::new));
                }
                case COALESCE -> {
                    Expr first = any(depth);
                    Expr[] args = list(1 + random.nextInt(3), first.type(), depth);
                    args[0] = first;
                    yield Expr.call(function, args);
                }
                case CAST -> {
                    Expr arg = any(depth);
                    List<DataType> targets = TYPES.stream()
                            .filter(target -> Typing.castable(arg.type(), target))
                            .toList();
                    yield targets.isEmpty() ? arg : Expr.cast(arg, type(targets));
                }
                case EXTRACT_YEAR,
                        EXTRACT_QUARTER,
                        EXTRACT_MONTH,
                        EXTRACT_WEEK,
                        EXTRACT_DAY,
                        EXTRACT_DOW,
                        EXTRACT_ISODOW,
                        EXTRACT_DOY,
                        EXTRACT_HOUR,
                        EXTRACT_MINUTE,
                        EXTRACT_SECOND,
                        EXTRACT_MILLISECOND,
                        EXTRACT_MICROSECOND,
                        EXTRACT_EPOCH,
                        TRUNCATE_YEAR,
                        TRUNCATE_QUARTER,
                        TRUNCATE_MONTH,
                        TRUNCATE_WEEK,
                        TRUNCATE_DAY,
                        TRUNCATE_HOUR,
                        TRUNCATE_MINUTE,
                        TRUNCATE_SECOND -> Expr.call(function, of(temporal(), depth));
                case ADD_DAYS -> Expr.call(function, of(DataType.DATE, depth), of(DataType.INT64, depth));
                case ADD_MONTHS -> Expr.call(function, of(temporal(), depth), of(DataType.INT64, depth));
                case ADD_MICROS -> Expr.call(function, of(DataType.TIMESTAMP, depth), of(DataType.INT64, depth));
                case DAYS_BETWEEN -> Expr.call(function, list(2, DataType.DATE, depth));
                case MICROS_BETWEEN -> Expr.call(function, list(2, DataType.TIMESTAMP, depth));
                case SUBSTRING -> {
                    Expr text = of(DataType.VARCHAR, depth);
                    Expr from = random.nextBoolean() ? small() : of(DataType.INT64, depth);
                    yield random.nextBoolean()
                            ? Expr.call(function, text, from)
                            : Expr.call(function, text, from, random.nextBoolean() ? small() : literal(DataType.INT64));
                }
                case UPPER, LOWER, CHAR_LENGTH -> Expr.call(function, of(DataType.VARCHAR, depth));
                case CONCAT -> Expr.call(function, list(2 + random.nextInt(3), DataType.VARCHAR, depth));
                case TRIM, LTRIM, RTRIM -> Expr.call(function, list(1 + random.nextInt(2), DataType.VARCHAR, depth));
                case POSITION -> Expr.call(function, list(2, DataType.VARCHAR, depth));
                case REPLACE -> Expr.call(function, list(3, DataType.VARCHAR, depth));
            };
        }

        private Expr small() {
            @Nullable Object value = (long) random.nextInt(-3, 10);
            return new Expr.Literal(DataType.INT64, value);
        }
    }
}
