package dev.aquifer.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aquifer.spi.block.Packing;
import dev.aquifer.spi.block.Stripes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of packed codes, in loops and in kernels for their width, against codes unpacked one at a time; at the very end of a segment, where nothing may be read past. */
class PackedRangeTest {
    private static final long SEED = 20_261_126L;
    private static final long OFFSET = 64;

    private final SplittableRandom random = new SplittableRandom(SEED);

    static IntStream widths() {
        return IntStream.rangeClosed(1, 64);
    }

    @ParameterizedTest
    @MethodSource("widths")
    void keepsTheRowsWhoseCodeIsInTheRange(int width) {
        long most = -1L >>> 64 - width;
        long[] codes = new long[Stripes.VECTOR_ROWS];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = random.nextLong() & most;
        }
        codes[0] = 0;
        codes[1023] = most;
        MemorySegment packed = Arena.ofAuto().allocate(OFFSET + Packing.vectorBytes(width), 64);
        Packing.pack(codes, 0, codes.length, width, packed, OFFSET);
        long middle = random.nextLong() & most;
        long other = random.nextLong() & most;
        long low = Long.compareUnsigned(middle, other) < 0 ? middle : other;
        long high = low == middle ? other : middle;
        RangeKernel kernel = width <= RangeGenerator.MAX_WIDTH ? RangeGenerator.generate(width) : null;
        for (long[] range : new long[][] {
            {0, most}, {0, 0}, {most, most}, {low, high}, {low, low}, {0, high}, {low, most}, {codes[517], codes[517]}
        }) {
            long[] bits = new long[Bits.WORDS];
            long[] expected = new long[Bits.WORDS];
            for (int word = 0; word < Bits.WORDS; word++) {
                bits[word] = random.nextLong();
                expected[word] = bits[word];
            }
            for (int row = 0; row < codes.length; row++) {
                boolean in = Long.compareUnsigned(codes[row], range[0]) >= 0
                        && Long.compareUnsigned(codes[row], range[1]) <= 0;
                if (!in) {
                    expected[row >>> 6] &= ~(1L << row);
                }
            }
            long[] generated = bits.clone();
            PackedRange.and(packed, OFFSET, width, range[0], range[1], bits);
            String what = "seed " + SEED + ", width " + width + ", range " + range[0] + " to " + range[1];
            assertArrayEquals(expected, bits, what);
            if (kernel != null) {
                kernel.and(packed.address() + OFFSET, range[0], range[1] - range[0], generated);
                assertArrayEquals(expected, generated, "generated, " + what);
            }
        }
    }

    /** All widths, in a process whose vectors are narrower. */
    @ParameterizedTest
    @ValueSource(ints = {128, 256})
    void findsTheSameInNarrowVectors(int bits) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:MaxVectorSize=" + bits / 8,
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PackedRangeTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertTrue(output.contains(Math.min(bits, Lanes.bits()) + "-bit vectors"), output);
    }

    /** What the test above starts. */
    public static void main(String[] args) {
        System.out.println(Lanes.description());
        PackedRangeTest test = new PackedRangeTest();
        widths().forEach(test::keepsTheRowsWhoseCodeIsInTheRange);
    }
}
