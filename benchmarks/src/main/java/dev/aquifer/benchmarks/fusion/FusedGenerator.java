package dev.aquifer.benchmarks.fusion;

import dev.aquifer.spi.block.Packing;
import dev.aquifer.spi.block.Stripes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.LongVector;

/**
 * Defines a hidden class for a program and the widths of its columns.
 *
 * <p>Each loop is a method of its own, of one period of the layout: the words after which codes begin at the same bit again. One method
 * for all would not be compiled as it is written: C2 stops inlining once a method has 18,000 nodes, which three loads from a segment and
 * four tests are, and what is not inlined boxes its vectors. For the same reason loops are tested at their top, as javac writes them: of one
 * that is tested at its end C2 parses the body twice.
 */
final class FusedGenerator {
    private static final ClassDesc SELF = ClassDesc.of(FusedGenerator.class.getPackageName(), "Fused");
    private static final ClassDesc LANES = describe(FusedLanes.class);
    private static final ClassDesc SEGMENT = describe(MemorySegment.class);
    private static final ClassDesc VECTOR = describe(LongVector.class);
    private static final ClassDesc BITS = ConstantDescs.CD_long.arrayType();
    private static final ClassDesc LONG = ConstantDescs.CD_long;
    private static final ClassDesc INT = ConstantDescs.CD_int;
    private static final ClassDesc VOID = ConstantDescs.CD_void;
    private static final MethodTypeDesc FILTER = MethodTypeDesc.of(VOID, SEGMENT, LONG, LONG, LONG, BITS);
    private static final MethodTypeDesc FILTERS = MethodTypeDesc.of(VOID, SEGMENT.arrayType(), BITS, BITS, INT, BITS);
    private static final MethodTypeDesc PRODUCTS = MethodTypeDesc.of(LONG, SEGMENT, LONG, SEGMENT, LONG, BITS, BITS);
    private static final MethodTypeDesc SUM =
            MethodTypeDesc.of(LONG, SEGMENT, LONG, SEGMENT, LONG, BITS, INT, INT, BITS);

    /** For fewer rows of a vector each is looked at by itself. */
    private static final int DENSE_FROM = 128;

    private FusedGenerator() {}

    /**
     * @param ranges widths of the columns of the ranges
     * @param factors widths of the two columns whose product is summed, or none
     * @param dense whether products are known to be below 2^32, so that many are computed in lanes of 32 bits
     */
    static FusedProgram generate(int[] ranges, int[] factors, boolean dense) {
        byte[] bytes = ClassFile.of().build(SELF, type -> {
            ClassDesc above = describe(FusedProgram.class);
            type.withSuperclass(above);
            type.withMethodBody(
                    ConstantDescs.INIT_NAME,
                    ConstantDescs.MTD_void,
                    0,
                    code -> code.aload(0)
                            .invokespecial(above, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                            .return_());
            for (int i = 0; i < ranges.length; i++) {
                int width = ranges[i];
                type.withMethodBody("filter" + i, FILTER, ClassFile.ACC_STATIC, code -> filter(code, width));
            }
            type.withMethodBody("filter", FILTERS, 0, code -> filters(code, ranges));
            sums(type, factors, dense);
        });
        try {
            MethodHandles.Lookup defined = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return (FusedProgram) defined.findConstructor(defined.lookupClass(), MethodType.methodType(void.class))
                    .invoke();
        } catch (Throwable failure) {
            throw new IllegalStateException("the generated class is not accepted", failure);
        }
    }

    static ClassDesc describe(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    private static CodeBuilder lanes(CodeBuilder code, String name, ClassDesc result, ClassDesc... args) {
        return code.invokestatic(LANES, name, MethodTypeDesc.of(result, args));
    }

    /** Calls the filter of each range. */
    private static void filters(CodeBuilder code, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            code.aload(1).loadConstant(i).aaload();
            code.aload(2).loadConstant(i).laload();
            vectorOffset(code, 4, widths[i]);
            code.aload(3).loadConstant(2 * i).laload();
            code.aload(3).loadConstant(2 * i + 1).laload();
            code.aload(5).invokestatic(SELF, "filter" + i, FILTER);
        }
        code.return_();
    }

    /** Adds where a vector begins to the offset on the stack. */
    private static void vectorOffset(CodeBuilder code, int vector, int width) {
        code.iload(vector)
                .i2l()
                .loadConstant((long) Packing.vectorBytes(width))
                .lmul()
                .ladd();
    }

    /** Sets a local to where half {@code i & 1} of period {@code i >> 1} begins; the codes' beginning is in slot {@code from}. */
    private static void half(CodeBuilder code, Period period, int from, int i, int at) {
        code.lload(from)
                .iload(i)
                .iconst_1()
                .ishr()
                .loadConstant(period.words() * FusedLanes.STEP)
                .imul();
        code.iload(i)
                .iconst_1()
                .iand()
                .loadConstant(FusedLanes.REGISTER)
                .imul()
                .iadd()
                .i2l()
                .ladd()
                .lstore(at);
    }

    /** Pushes the first row of a step of half {@code i & 1} of period {@code i >> 1}. */
    private static void row(CodeBuilder code, Period period, int step, int i) {
        int rows = Stripes.VECTOR_ROWS / period.laneBits();
        code.iload(i).iconst_1().ishr().loadConstant(period.steps() * rows).imul();
        code.iload(i).iconst_1().iand().loadConstant(rows / 2).imul().iadd();
        code.loadConstant(step * rows).iadd();
    }

    private static void load(CodeBuilder code, int segment, int at, int word) {
        code.aload(segment)
                .lload(at)
                .loadConstant((long) word * FusedLanes.STEP)
                .ladd();
        lanes(code, "load", VECTOR, SEGMENT, LONG);
    }

    /** Pushes the codes of a step, from locals that hold its first and its last word. */
    private static void codes(CodeBuilder code, Period period, int step, int first, int last) {
        int laneBits = period.laneBits();
        int shift = step * period.width() % laneBits;
        long mask = -1L >>> 64 - period.width();
        code.aload(first);
        if (shift == 0) {
            code.loadConstant(everyLane(mask, laneBits));
            lanes(code, "first", VECTOR, VECTOR, LONG);
        } else if (period.firstWord(step) == period.lastWord(step)) {
            code.loadConstant(shift).loadConstant(everyLane(mask, laneBits));
            lanes(code, "whole", VECTOR, VECTOR, INT, LONG);
        } else {
            int left = laneBits - shift;
            long low = -1L >>> 64 - left;
            code.aload(last).loadConstant(shift).loadConstant(left);
            code.loadConstant(everyLane(low, laneBits)).loadConstant(everyLane(mask & ~low, laneBits));
            lanes(code, "split", VECTOR, VECTOR, VECTOR, INT, INT, LONG, LONG);
        }
    }

    private static long everyLane(long mask, int laneBits) {
        long lanes = 0;
        for (int bit = 0; bit < 64; bit += laneBits) {
            lanes |= mask << bit;
        }
        return lanes;
    }

    /** A local with a bound in every lane. */
    private static int bound(CodeBuilder code, Period period, int slot) {
        int local = code.allocateLocal(TypeKind.REFERENCE);
        code.lload(slot);
        lanes(code, period.lanes(), period.vector(), LONG).astore(local);
        return local;
    }

    /** A loop over halves of periods: loads the words, and tests the codes of each step. */
    private static void filter(CodeBuilder code, int width) {
        Period period = Period.of(width);
        int i = code.allocateLocal(TypeKind.INT);
        int at = code.allocateLocal(TypeKind.LONG);
        int[] words = new int[period.words()];
        int low = bound(code, period, code.parameterSlot(2));
        int span = bound(code, period, code.parameterSlot(3));
        code.iconst_0().istore(i);
        Label next = code.newBoundLabel();
        Label end = code.newLabel();
        code.iload(i).loadConstant(period.halves()).if_icmpge(end);
        half(code, period, code.parameterSlot(1), i, at);
        for (int word = 0; word < words.length; word++) {
            words[word] = code.allocateLocal(TypeKind.REFERENCE);
            load(code, 0, at, word);
            code.astore(words[word]);
        }
        for (int step = 0; step < period.steps(); step++) {
            code.aload(code.parameterSlot(4));
            row(code, period, step, i);
            codes(code, period, step, words[period.firstWord(step)], words[period.lastWord(step)]);
            code.aload(low).aload(span);
            lanes(code, "test", LONG, VECTOR, period.vector(), period.vector());
            code.loadConstant(-1L >>> 64 - 512 / period.laneBits());
            lanes(code, "and", VOID, BITS, INT, LONG, LONG);
        }
        code.iinc(i, 1).goto_(next).labelBinding(end).return_();
    }

    /** The sum, of few rows one by one, or of many in lanes: a method for each step of a period. */
    private static void sums(ClassBuilder type, int[] factors, boolean dense) {
        if (factors.length == 0) {
            type.withMethodBody("sum", SUM, 0, code -> code.lconst_0().lreturn());
            return;
        }
        type.withMethodBody("few", PRODUCTS, ClassFile.ACC_STATIC, code -> few(code, factors));
        boolean lanes = dense && Packing.laneBits(factors[0]) == 32 && 8 % factors[1] == 0;
        int steps = lanes ? Period.of(factors[0]).steps() : 0;
        for (int step = 0; step < steps; step++) {
            int which = step;
            type.withMethodBody("many" + step, PRODUCTS, ClassFile.ACC_STATIC, code -> many(code, factors, which));
        }
        type.withMethodBody("sum", SUM, 0, code -> {
            if (lanes) {
                Label fewer = code.newLabel();
                code.iload(code.parameterSlot(6)).loadConstant(DENSE_FROM).if_icmplt(fewer);
                code.lconst_0();
                for (int step = 0; step < steps; step++) {
                    products(code, factors, "many" + step);
                    code.ladd();
                }
                code.lreturn().labelBinding(fewer);
            }
            products(code, factors, "few");
            code.lreturn();
        });
    }

    private static void products(CodeBuilder code, int[] factors, String name) {
        for (int side = 0; side < 2; side++) {
            code.aload(code.parameterSlot(2 * side)).lload(code.parameterSlot(2 * side + 1));
            vectorOffset(code, code.parameterSlot(5), factors[side]);
        }
        code.aload(code.parameterSlot(4)).aload(code.parameterSlot(7)).invokestatic(SELF, name, PRODUCTS);
    }

    private static void few(CodeBuilder code, int[] factors) {
        int word = code.allocateLocal(TypeKind.INT);
        int left = code.allocateLocal(TypeKind.LONG);
        int row = code.allocateLocal(TypeKind.INT);
        int sum = code.allocateLocal(TypeKind.LONG);
        code.lconst_0().lstore(sum).iconst_0().istore(word);
        Label nextWord = code.newBoundLabel();
        Label end = code.newLabel();
        code.iload(word).loadConstant(Stripes.VECTOR_ROWS / 64).if_icmpge(end);
        code.aload(code.parameterSlot(5)).iload(word).laload().lstore(left);
        Label nextRow = code.newBoundLabel();
        Label wordEnd = code.newLabel();
        code.lload(left).lconst_0().lcmp().ifeq(wordEnd);
        code.iload(word).loadConstant(6).ishl().lload(left);
        code.invokestatic(describe(Long.class), "numberOfTrailingZeros", MethodTypeDesc.of(INT, LONG));
        code.iadd().istore(row).lload(sum);
        for (int side = 0; side < 2; side++) {
            code.aload(code.parameterSlot(2 * side)).lload(code.parameterSlot(2 * side + 1));
            code.iload(row).loadConstant(factors[side]);
            lanes(code, "code", LONG, SEGMENT, LONG, INT, INT);
            code.aload(code.parameterSlot(4))
                    .loadConstant(2 * side + 1)
                    .laload()
                    .lmul();
            code.aload(code.parameterSlot(4)).loadConstant(2 * side).laload().ladd();
        }
        code.lmul().ladd().lstore(sum);
        code.lload(left).lload(left).lconst_1().lsub().land().lstore(left);
        code.goto_(nextRow).labelBinding(wordEnd).iinc(word, 1).goto_(nextWord);
        code.labelBinding(end).lload(sum).lreturn();
    }

    private static void many(CodeBuilder code, int[] factors, int step) {
        Period period = Period.of(factors[0]);
        int i = code.allocateLocal(TypeKind.INT);
        int at = code.allocateLocal(TypeKind.LONG);
        int sums = code.allocateLocal(TypeKind.REFERENCE);
        int first = code.allocateLocal(TypeKind.REFERENCE);
        int last = code.allocateLocal(TypeKind.REFERENCE);
        lanes(code, "zero", VECTOR).astore(sums).iconst_0().istore(i);
        Label next = code.newBoundLabel();
        Label end = code.newLabel();
        code.iload(i).loadConstant(period.halves()).if_icmpge(end);
        half(code, period, code.parameterSlot(1), i, at);
        load(code, 0, at, period.firstWord(step));
        code.astore(first);
        if (period.firstWord(step) != period.lastWord(step)) {
            load(code, 0, at, period.lastWord(step));
            code.astore(last);
        }
        code.aload(sums);
        codes(code, period, step, first, last);
        code.aload(code.parameterSlot(4)).iconst_0().laload().l2i();
        code.aload(code.parameterSlot(2)).lload(code.parameterSlot(3)).loadConstant(factors[1]);
        code.aload(code.parameterSlot(4)).iconst_2().laload().l2i();
        row(code, period, step, i);
        code.aload(code.parameterSlot(5));
        lanes(code, "products", VECTOR, VECTOR, VECTOR, INT, SEGMENT, LONG, INT, INT, INT, BITS);
        code.astore(sums);
        code.iinc(i, 1).goto_(next).labelBinding(end).aload(sums);
        lanes(code, "total", LONG, VECTOR).lreturn();
    }
}
