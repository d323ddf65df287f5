package dev.aquifer.cpu.vector;

import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.aquifer.spi.block.Packing;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Writes a {@link RangeKernel} for a width, in which nothing is left to compute at run time but the codes: no loop, and every offset and
 * shift a constant.
 *
 * <p>Codes are compared at the top of their lane, where a shift to the left puts them, and whatever comes below them with it: the
 * bound above has ones there. So no mask is needed but where a byte's code is put together from two words, as there are no
 * shifts of bytes.
 *
 * <p>The code is cut into methods of a few comparisons: of larger ones the compiler stops inlining in the middle, and what it left out
 * boxes its vectors.
 */
final class RangeGenerator {
    /** Lanes wider than this are rare and not written: their loop takes its time for memory anyway. */
    static final int MAX_WIDTH = 32;

    private static final int COMPARISONS_PER_METHOD = 8;
    private static final int ROWS_PER_WORD = 64;

    private static final ClassDesc SELF = ClassDesc.of(RangeGenerator.class.getPackageName(), "GeneratedRange");
    private static final ClassDesc KERNEL = describe(RangeKernel.class);
    private static final ClassDesc BITS = CD_long.arrayType();
    private static final ClassDesc SPECIES = describe(VectorSpecies.class);
    private static final ClassDesc SEGMENT = describe(MemorySegment.class);
    private static final ClassDesc ORDER = describe(ByteOrder.class);
    private static final ClassDesc VECTOR = describe(Vector.class);
    private static final ClassDesc MASK = describe(VectorMask.class);
    private static final ClassDesc OPERATORS = describe(VectorOperators.class);
    private static final ClassDesc BINARY = describe(VectorOperators.Binary.class);
    private static final ClassDesc COMPARISON = describe(VectorOperators.Comparison.class);
    private static final ClassDesc LONG_VECTOR = describe(LongVector.class);
    private static final ClassDesc LANES = describe(Lanes.class);
    private static final MethodTypeDesc AND = MethodTypeDesc.of(CD_void, CD_long, CD_long, CD_long, BITS);

    // Where the arguments of a part are: the address, the least code and the span at the top of a lane, the bitmap.
    private static final int ADDRESS = 0;
    private static final int LOW = 2;
    private static final int SPAN = 3;
    private static final int BITMAP = 4;

    private final int width;
    private final int laneBits;
    /** The type of a lane, of vectors of lanes, and of vectors of what words are shifted in. */
    private final ClassDesc lane;

    private final ClassDesc lanes;
    private final ClassDesc words;
    private final String wordSpecies;
    private final MethodTypeDesc part;

    private RangeGenerator(int width) {
        this.width = width;
        this.laneBits = Packing.laneBits(width);
        Class<?> primitive = laneBits == 8 ? byte.class : laneBits == 16 ? short.class : int.class;
        Class<?> vectors = laneBits == 8 ? ByteVector.class : laneBits == 16 ? ShortVector.class : IntVector.class;
        this.lane = describe(primitive);
        this.lanes = describe(vectors);
        this.words = laneBits == 8 ? LONG_VECTOR : lanes;
        this.wordSpecies = laneBits == 8 ? "LONGS" : laneBits == 16 ? "SHORTS" : "INTS";
        this.part = MethodTypeDesc.of(CD_void, CD_long, lane, lane, BITS);
    }

    /** @param width bits of a code, 1 to {@value #MAX_WIDTH} */
    static RangeKernel generate(int width) {
        RangeGenerator generator = new RangeGenerator(width);
        byte[] bytes = ClassFile.of().build(SELF, generator::write);
        try {
            MethodHandles.Lookup defined = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return (RangeKernel) defined.findConstructor(defined.lookupClass(), MethodType.methodType(void.class))
                    .invoke();
        } catch (Throwable defect) {
            throw new IllegalStateException("the kernel for codes of " + width + " bits is not accepted", defect);
        }
    }

    private static ClassDesc describe(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    private int comparisonsPerWord() {
        return Math.max(1, ROWS_PER_WORD * laneBits / Lanes.bits());
    }

    private void write(ClassBuilder type) {
        type.withSuperclass(KERNEL);
        type.withMethodBody(
                INIT_NAME,
                MTD_void,
                0,
                code -> code.aload(0).invokespecial(KERNEL, INIT_NAME, MTD_void).return_());
        int perPart = Math.max(1, COMPARISONS_PER_METHOD / comparisonsPerWord());
        for (int from = 0; from < Bits.WORDS; from += perPart) {
            int first = from;
            type.withMethodBody("words" + first, part, ClassFile.ACC_STATIC, code -> {
                for (int word = first; word < Math.min(Bits.WORDS, first + perPart); word++) {
                    word(code, word);
                }
                code.return_();
            });
        }
        type.withMethodBody("and", AND, 0, code -> parts(code, perPart));
    }

    /** Moves the bounds to the top of a lane, and calls the parts. */
    private void parts(CodeBuilder code, int perPart) {
        int up = laneBits - width;
        // Slots of the method: itself, address, low, span, bitmap; then the bounds as a lane holds them.
        code.lload(3).loadConstant(up).lshl();
        toLane(code, 8);
        code.lload(5).loadConstant(up).lshl().loadConstant((1L << up) - 1).lor();
        toLane(code, 9);
        for (int from = 0; from < Bits.WORDS; from += perPart) {
            code.lload(1).iload(8).iload(9).aload(7).invokestatic(SELF, "words" + from, part);
        }
        code.return_();
    }

    private void toLane(CodeBuilder code, int slot) {
        code.l2i();
        if (laneBits == 8) {
            code.i2b();
        } else if (laneBits == 16) {
            code.i2s();
        }
        code.istore(slot);
    }

    /** {@code bits[word] &= } what is found of its 64 rows. */
    private void word(CodeBuilder code, int word) {
        code.aload(BITMAP).loadConstant(word).dup2().laload();
        int rows = ROWS_PER_WORD / comparisonsPerWord();
        for (int row = 0; row < ROWS_PER_WORD; row += rows) {
            compare(code, word * ROWS_PER_WORD + row);
            if (row > 0) {
                code.loadConstant(row).lshl().lor();
            }
        }
        code.land().lastore();
    }

    /** Pushes which of a register of rows from {@code row} on are in the range. */
    private void compare(CodeBuilder code, int row) {
        int rowsPerStep = Unpack.STEP * 8 / laneBits;
        int bit = row / rowsPerStep * width;
        int end = bit % laneBits + width;
        long at = (long) (bit / laneBits) * Unpack.STEP + row % rowsPerStep * laneBits / 8;
        if (end <= laneBits) {
            load(code, at);
            shift(code, "LSHL", laneBits - end);
        } else {
            int right = end - laneBits;
            long low = Unpack.repeat(Unpack.ones(laneBits - right), laneBits);
            load(code, at + Unpack.STEP);
            shift(code, "LSHL", laneBits - right);
            mask(code, ~low);
            load(code, at);
            shift(code, "LSHR", right);
            mask(code, low);
            code.invokevirtual(words, "or", MethodTypeDesc.of(words, VECTOR));
        }
        if (laneBits == 8) {
            code.invokevirtual(LONG_VECTOR, "reinterpretAsBytes", MethodTypeDesc.of(lanes));
        }
        code.iload(LOW).invokevirtual(lanes, "sub", MethodTypeDesc.of(lanes, lane));
        code.getstatic(OPERATORS, "ULE", COMPARISON)
                .iload(SPAN)
                .invokevirtual(lanes, "compare", MethodTypeDesc.of(MASK, COMPARISON, lane))
                .invokevirtual(MASK, "toLong", MethodTypeDesc.of(CD_long));
    }

    private void load(CodeBuilder code, long at) {
        code.getstatic(LANES, wordSpecies, SPECIES)
                .getstatic(LANES, "MEMORY", SEGMENT)
                .lload(ADDRESS)
                .loadConstant(at)
                .ladd()
                .getstatic(LANES, "ORDER", ORDER)
                .invokestatic(words, "fromMemorySegment", MethodTypeDesc.of(words, SPECIES, SEGMENT, CD_long, ORDER));
    }

    private void shift(CodeBuilder code, String operator, int by) {
        if (by > 0) {
            ClassDesc scalar = laneBits == 8 ? CD_long : lane;
            code.getstatic(OPERATORS, operator, BINARY);
            if (laneBits == 8) {
                code.loadConstant((long) by);
            } else {
                code.loadConstant(by);
            }
            code.invokevirtual(words, "lanewise", MethodTypeDesc.of(words, BINARY, scalar));
        }
    }

    /** Keeps some bits of each byte; wider lanes are shifted as what they are, and need no mask. */
    private void mask(CodeBuilder code, long mask) {
        if (laneBits == 8) {
            code.loadConstant(mask).invokevirtual(words, "and", MethodTypeDesc.of(words, CD_long));
        }
    }
}
