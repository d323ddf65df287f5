package dev.aquifer.hwtests.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.hwtests.generate.PrimitiveCases.PrimitiveCase;
import dev.aquifer.hwtests.generate.TerminalCases.TerminalCase;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.block.Encoding;
import dev.aquifer.spi.compile.FragmentCompiler;
import dev.aquifer.spi.error.AquiferException;
import dev.aquifer.spi.expr.Expr;
import dev.aquifer.spi.expr.Function;
import dev.aquifer.spi.expr.Typing;
import dev.aquifer.spi.fragment.Fragment;
import dev.aquifer.spi.fragment.Terminal;
import dev.aquifer.spi.primitive.Op;
import dev.aquifer.spi.primitive.Primitive;
import dev.aquifer.spi.type.DataType;
import dev.aquifer.spi.type.Field;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The generators leave nothing out. */
final class GeneratorsTest {
    private static final long SEED = Long.getLong("aquifer.seed", System.nanoTime());

    private static Set<Primitive> primitives(Fragment fragment) {
        Set<Primitive> used = EnumSet.noneOf(Primitive.class);
        for (Op op : FragmentCompiler.compile(fragment).program().ops()) {
            used.add(op.primitive());
        }
        return used;
    }

    @Test
    void everyPrimitiveHasCasesOfItsOwn() {
        Set<Primitive> used = EnumSet.noneOf(Primitive.class);
        Set<String> names = new HashSet<>();
        for (PrimitiveCase each : PrimitiveCases.all(new Random(SEED))) {
            List<Field> fields =
                    each.columns().stream().map(type -> new Field("c", type)).toList();
            used.addAll(primitives(new Fragment(fields, null, List.of(each.expr()), new Terminal.Rows(-1))));
            assertTrue(names.add(each.name()), "two cases are named " + each.name());
        }
        assertEquals(EnumSet.allOf(Primitive.class), used);
    }

    private static void calls(Expr expr, Set<String> found) {
        if (expr instanceof Expr.Call call) {
            for (Expr arg : call.args()) {
                calls(arg, found);
                if (arg instanceof Expr.ColumnRef) {
                    found.add(call.function() + " " + arg.type());
                }
            }
        }
    }

    /** Whether a function takes columns of a type at all, alone or with the arguments that some function wants beside it. */
    private static boolean takes(Function function, DataType type) {
        return Stream.of(
                        List.of(type),
                        List.of(type, type),
                        List.of(type, type, type),
                        List.of(DataType.BOOLEAN, type, type),
                        List.of(type, DataType.INT64),
                        List.of(type, DataType.INT64, DataType.INT64))
                .anyMatch(types -> {
                    try {
                        Typing.resultType(function, types);
                        return true;
                    } catch (AquiferException e) {
                        return false;
                    }
                });
    }

    @Test
    void everyFunctionHasACaseOfEveryTypeThatItTakes() {
        Set<String> found = new HashSet<>();
        PrimitiveCases.all(new Random(SEED)).forEach(each -> calls(each.expr(), found));
        for (Function function : Function.values()) {
            for (DataType type : RandomValues.TYPES) {
                if (function != Function.CAST && takes(function, type)) {
                    assertTrue(found.contains(function + " " + type), "no case of " + function + " of " + type);
                }
            }
        }
    }

    @Test
    void packedBlocksComeInEveryWidth() {
        RandomColumns columns = new RandomColumns(new Random(SEED));
        Set<Integer> missing =
                new TreeSet<>(IntStream.rangeClosed(0, 64).boxed().toList());
        for (int i = 0; i < 20_000; i++) {
            missing.remove(RandomColumns.block(columns.column(DataType.INT64, 40), Encoding.PACKED)
                    .width());
        }
        assertEquals(Set.of(), missing, "seed " + SEED);
    }

    @Test
    void everyTerminalCaseCompilesUnderANameOfItsOwn() {
        Set<String> names = new HashSet<>();
        for (TerminalCase each : TerminalCases.all()) {
            primitives(each.fragment());
            assertTrue(names.add(each.name()), "two cases are named " + each.name());
        }
    }

    @Test
    void randomFragmentsUseEveryPrimitiveAndEveryTerminal() {
        Random random = new Random(SEED);
        Set<Primitive> used = EnumSet.noneOf(Primitive.class);
        Set<Class<?>> terminals = new HashSet<>();
        for (int i = 0; i < 40_000; i++) {
            Fragment fragment = new RandomFragments(random).fragment();
            used.addAll(primitives(fragment));
            terminals.add(fragment.terminal().getClass());
        }
        assertEquals(EnumSet.allOf(Primitive.class), used, "seed " + SEED);
        assertEquals(Set.of(Terminal.Rows.class, Terminal.Aggregate.class, Terminal.TopN.class), terminals);
    }

    @Test
    void randomColumnsComeInEveryEncodingOfTheirType() {
        RandomColumns columns = new RandomColumns(new Random(SEED));
        Map<Encoding, Set<DataType>> types = new EnumMap<>(Encoding.class);
        for (DataType type : RandomValues.TYPES) {
            for (int i = 0; i < 200; i++) {
                Column column = columns.column(type, 40);
                types.computeIfAbsent(columns.block(column).encoding(), key -> new HashSet<>())
                        .add(type);
            }
        }
        int all = RandomValues.TYPES.size();
        assertEquals(all, types.getOrDefault(Encoding.CONSTANT, Set.of()).size());
        assertEquals(all - 1, types.getOrDefault(Encoding.DICTIONARY, Set.of()).size(), "all but BOOLEAN");
        assertEquals(all - 1, types.getOrDefault(Encoding.RUN_LENGTH, Set.of()).size(), "all but BOOLEAN");
        assertEquals(11, types.getOrDefault(Encoding.PACKED, Set.of()).size(), "integers, decimals and times");
        assertEquals(6, types.getOrDefault(Encoding.PLAIN, Set.of()).size(), "all but 64-bit integers");
    }
}
