package dev.aquifer.cpu.vector;

import dev.aquifer.spi.block.Packing;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The {@link RangeKernel}s of this process, one for each width that is used much. A new one would run in the interpreter for its first
 * thousands of vectors, a hundred times slower than {@link PackedRange}, which any width has had compiled; so a thread by the side runs
 * it over vectors of zeros until it is the faster of the two, and only then is it there for queries.
 */
final class RangeKernels {
    /** Vectors, 16 M rows, after which a width is worth the compiler's time. */
    private static final int WORTH = 1 << 14;

    /** Between two looks at the clock. */
    private static final int CALLS = 512;

    /** What is not the faster one by then never will be. */
    private static final int MOST_ROUNDS = 200;

    private static final AtomicReferenceArray<@Nullable RangeKernel> READY =
            new AtomicReferenceArray<>(RangeGenerator.MAX_WIDTH + 1);
    private static final AtomicIntegerArray USED = new AtomicIntegerArray(RangeGenerator.MAX_WIDTH + 1);

    private RangeKernels() {}

    /** The kernel for a width, or null where there is none yet. */
    static @Nullable RangeKernel ready(int width) {
        return width <= RangeGenerator.MAX_WIDTH ? READY.get(width) : null;
    }

    /** Tells that codes of a width were compared without a kernel. */
    static void used(int width, int vectors) {
        if (width > RangeGenerator.MAX_WIDTH) {
            return;
        }
        int after = USED.addAndGet(width, vectors);
        // Whoever crosses the mark, and nobody else.
        if (after >= WORTH && after - vectors < WORTH) {
            Thread.ofPlatform().daemon().name("aquifer-range-kernel-" + width).start(() -> prepare(width));
        }
    }

    private static void prepare(int width) {
        RangeKernel kernel = RangeGenerator.generate(width);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment codes = arena.allocate(Packing.vectorBytes(width), 64);
            long[] bits = new long[Bits.WORDS];
            for (int round = 0; round < MOST_ROUNDS; round++) {
                long start = System.nanoTime();
                for (int call = 0; call < CALLS; call++) {
                    kernel.and(codes.address(), call & 1, 0, bits);
                }
                long middle = System.nanoTime();
                for (int call = 0; call < CALLS; call++) {
                    PackedRange.and(codes, 0, width, call & 1, call & 1, bits);
                }
                if (middle - start < System.nanoTime() - middle) {
                    READY.set(width, kernel);
                    return;
                }
            }
        }
    }
}
