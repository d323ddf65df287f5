package dev.aquifer.protocol.substrait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import io.substrait.proto.Plan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Fragment to Substrait to fragment is the identity. */
final class SubstraitRoundTripTest {
    private static final int FRAGMENTS = 3_000;

    @Test
    void randomRequestsComeBackAsTheyWere() {
        long seed = Long.getLong("aquifer.seed", System.nanoTime());
        Map<Function, Integer> seen = new EnumMap<>(Function.class);
        for (int i = 0; i < FRAGMENTS; i++) {
            long each = seed + i;
            FragmentRequest request = new RandomFragments(new SplittableRandom(each)).request();

            ByteString bytes = SubstraitWriter.toBytes(request);

            assertEquals(request, SubstraitReader.fromBytes(bytes), () -> "seed " + each);
            countFunctions(request.fragment(), seen);
        }
        List<Function> missing = new ArrayList<>(List.of(Function.values()));
        missing.removeAll(seen.keySet());
        assertTrue(missing.isEmpty(), "never generated with seed " + seed + ": " + missing);
    }

    private static void countFunctions(Fragment fragment, Map<Function, Integer> seen) {
        fragment.projections().forEach(projection -> count(projection, seen));
        if (fragment.filter() != null) {
            count(fragment.filter(), seen);
        }
    }

    private static void count(Expr expr, Map<Function, Integer> seen) {
        if (expr instanceof Expr.Call call) {
            seen.merge(call.function(), 1, Integer::sum);
            call.args().forEach(arg -> count(arg, seen));
        }
    }

    /** Every literal of every type, each alone, so that a failure names it. */
    @Test
    void literalsOfEveryTypeComeBack() {
        SplittableRandom random = new SplittableRandom(7);
        List<DataType> types = new ArrayList<>(RandomFragments.TYPES);
        types.add(DataType.BINARY);
        for (DataType type : types) {
            for (int i = 0; i < 40; i++) {
                Expr literal = new Expr.Literal(type, RandomValues.value(random, type));
                FragmentRequest request = request(List.of(), literal);
                assertEquals(request, SubstraitReader.fromPlan(SubstraitWriter.toPlan(request)), literal::toString);
            }
        }
    }

    /** Functions that Substrait defines travel under its names, so that other readers understand them. */
    @Test
    void standardFunctionsKeepTheirStandardNames() {
        Expr text = new Expr.ColumnRef(0, DataType.VARCHAR);
        Expr number = new Expr.ColumnRef(1, DataType.INT64);
        Expr date = new Expr.ColumnRef(2, DataType.DATE);
        Expr price = new Expr.ColumnRef(3, DataType.decimal(15, 2));
        Plan plan = SubstraitWriter.toPlan(request(
                List.of(
                        new Field("t", DataType.VARCHAR),
                        new Field("n", DataType.INT64),
                        new Field("d", DataType.DATE),
                        new Field("p", DataType.decimal(15, 2))),
                Expr.call(Function.LIKE, text, new Expr.Literal(DataType.VARCHAR, Bytes.utf8("a%"))),
                Expr.call(Function.SIMILAR_TO, text, new Expr.Literal(DataType.VARCHAR, Bytes.utf8("a|b"))),
                Expr.call(Function.REGEXP_LIKE, text, new Expr.Literal(DataType.VARCHAR, Bytes.utf8("^a"))),
                Expr.call(Function.ADD, number, number),
                Expr.call(Function.EXTRACT_YEAR, date),
                Expr.call(Function.EXTRACT_MONTH, date),
                Expr.call(Function.ADD, price, price),
                Expr.call(Function.MULTIPLY, price, price),
                Expr.call(Function.ADD_DAYS, date, number)));

        List<String> declared = new ArrayList<>();
        plan.getExtensionsList().forEach(extension -> {
            int urn = extension.getExtensionFunction().getExtensionUrnReference();
            declared.add(plan.getExtensionUrns(urn - 1).getUrn().replaceFirst("extension:", "") + "/"
                    + extension.getExtensionFunction().getName());
        });

        assertEquals(
                List.of(
                        "io.substrait:functions_string/like:str_str",
                        "dev.aquifer:functions/similar_to:str_str",
                        "dev.aquifer:functions/regexp_like:str_str",
                        "io.substrait:functions_arithmetic/add:i64_i64",
                        "io.substrait:functions_datetime/extract:req_date",
                        "io.substrait:functions_datetime/extract:req_req_date",
                        "io.substrait:functions_arithmetic_decimal/add:dec_dec",
                        "dev.aquifer:functions/multiply:dec_dec",
                        "dev.aquifer:functions/add_days:date_i64"),
                declared);
    }

    static FragmentRequest request(List<Field> columns, Expr... projections) {
        return new FragmentRequest(new Fragment(columns, null, List.of(projections), new Terminal.Rows(-1)), List.of());
    }
}
