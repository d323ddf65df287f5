package dev.aquifer.spi.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.aquifer.spi.batch.Bitmap;
import dev.aquifer.spi.batch.BytesColumn;
import dev.aquifer.spi.batch.CodedColumn;
import dev.aquifer.spi.batch.Column;
import dev.aquifer.spi.batch.ColumnBuilder;
import dev.aquifer.spi.batch.Dictionary;
import dev.aquifer.spi.type.Bytes;
import dev.aquifer.spi.type.DataType;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A column of codes becomes the same block, to the byte, as its values do. */
class CodedColumnTest {
    private static final long SEED = Long.getLong("aquifer.seed", 20_260_411L);
    private static final int[] SIZES = {1, 2, 63, 64, 65, 1023, 1024, 1025, 5_000, 65_535, 65_536};

    private final SplittableRandom random = new SplittableRandom(SEED);

    private Bytes text() {
        byte[] bytes = new byte
                [switch (random.nextInt(6)) {
                    case 0 -> 0;
                    case 1 -> random.nextInt(1, 4);
                    case 2 -> 8;
                    case 3 -> random.nextInt(9, 20);
                    case 4 -> 64;
                    default -> random.nextInt(65, 90);
                }];
        // Few letters, so that many share their beginnings; zero and the greatest byte among them.
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = new byte[] {0, 'a', 'b', (byte) 0xff}[random.nextInt(4)];
        }
        return Bytes.of(bytes);
    }

    /** A dictionary in any order, with some values twice. */
    private Dictionary dictionary(int size) {
        List<Bytes> values = new ArrayList<>();
        while (values.size() < size) {
            values.add(values.size() > 2 && random.nextInt(10) == 0 ? values.get(random.nextInt(2)) : text());
        }
        Collections.shuffle(values, new Random(random.nextLong()));
        return new Dictionary((BytesColumn) ColumnBuilder.of(DataType.VARCHAR, values));
    }

    private CodedColumn column(Dictionary dictionary, int rows, int used, int nulls) {
        int[] codes = new int[rows];
        long[] validity = Bitmap.ones(rows);
        int first = random.nextInt(dictionary.size() - used + 1);
        for (int row = 0; row < rows; row++) {
            codes[row] = first + random.nextInt(used);
            if (nulls > 0 && random.nextInt(100) < nulls) {
                // What is there is of no meaning, not even a code.
                codes[row] = -1;
                Bitmap.clear(validity, row);
            }
        }
        return new CodedColumn(dictionary, rows, codes, nulls == 0 ? null : validity);
    }

    @Test
    void theBlockIsThatOfTheValues() {
        Set<Encoding> met = EnumSet.noneOf(Encoding.class);
        for (int rows : SIZES) {
            for (int size : new int[] {1, 2, 7, 300, 20_000}) {
                Dictionary dictionary = dictionary(size);
                for (int used : new int[] {1, 2, size}) {
                    for (int nulls : new int[] {0, 10, 100}) {
                        CodedColumn coded = column(dictionary, rows, Math.min(used, size), nulls);
                        String what = "seed " + SEED + ": " + rows + " rows, " + used + " of " + size + " values, "
                                + nulls + " % nulls";
                        met.add(check(coded, what));
                    }
                }
            }
        }
        assertEquals(EnumSet.of(Encoding.CONSTANT, Encoding.DICTIONARY, Encoding.PLAIN), met);
    }

    private static Encoding check(CodedColumn coded, String what) {
        Column values = coded.decoded();
        try (Arena arena = Arena.ofConfined()) {
            Block block = BlockEncoder.encode(coded, arena);
            Block expected = BlockEncoder.encode(values, arena);
            assertEquals(-1, expected.segment().mismatch(block.segment()), what);
            assertEquals(values.nullCount(), block.nullCount(), what);
            for (int row = 0; row < coded.size(); row += 1 + row / 64) {
                Object value =
                        coded.isNull(row) ? null : coded.dictionary().values().value(coded.codes()[row]);
                assertEquals(value, BlockDecoder.value(block, row), what);
            }
            return block.encoding();
        }
    }

    @Test
    void ranksOrderValues() {
        Dictionary dictionary = dictionary(500);
        int[] ranks = dictionary.ranks();
        for (int left = 0; left < ranks.length; left++) {
            for (int right = 0; right < ranks.length; right++) {
                assertEquals(
                        Integer.signum(dictionary.values().compare(left, right)),
                        Integer.compare(ranks[left], ranks[right]),
                        "seed " + SEED);
            }
        }
        assertEquals(0, Arrays.stream(ranks).min().orElseThrow());
    }

    @Test
    void aDictionaryHasNoNulls() {
        List<Bytes> one = new ArrayList<>();
        one.add(null);
        BytesColumn nulls = (BytesColumn) ColumnBuilder.of(DataType.VARCHAR, one);
        assertThrows(IllegalArgumentException.class, () -> new Dictionary(nulls));
    }
}
