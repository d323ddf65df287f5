package dev.aquifer.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Searches in texts that lie one behind the other, against searches in each alone. */
class TextSearchTest {
    private static final long SEED = 20_261_126L;
    private static final int VECTOR_ROWS = 1024;

    /** The texts as a block has them: offsets, then bytes up to the very end of the segment. */
    private static MemorySegment lay(List<byte[]> texts) {
        int length = texts.stream().mapToInt(text -> text.length).sum();
        MemorySegment segment = Arena.ofAuto().allocate(Math.max(1, 4L * (texts.size() + 1) + length), 64);
        int at = 0;
        for (int row = 0; row < texts.size(); row++) {
            byte[] text = texts.get(row);
            segment.set(Unpack.INT, 4L * row, at);
            MemorySegment.copy(text, 0, segment, ValueLayout.JAVA_BYTE, 4L * (texts.size() + 1) + at, text.length);
            at += text.length;
        }
        segment.set(Unpack.INT, 4L * texts.size(), at);
        return segment;
    }

    private static void holds(List<byte[]> texts, byte[] needle, String message) {
        MemorySegment segment = lay(texts);
        long bytes = 4L * (texts.size() + 1);
        RequiredTexts required = new RequiredTexts(List.of(List.of(Needle.of(needle))));
        for (int from = 0; from < texts.size(); from += VECTOR_ROWS) {
            int rows = Math.min(VECTOR_ROWS, texts.size() - from);
            long[] bits = new long[Bits.WORDS];
            for (TextSearch search : required.searches(segment, bytes, segment.byteSize())) {
                search.find(segment, 4L * from, bytes, rows, bits);
            }
            for (int row = 0; row < rows; row++) {
                byte[] text = texts.get(from + row);
                boolean expected = ByteSearch.find(text, 0, text.length, needle, 0, needle.length) >= 0;
                assertEquals(expected, Bits.get(bits, row), message + ", row " + (from + row));
            }
        }
    }

    /** What a search for the lower-case form leaves out has no match, whichever characters become ASCII in lower case. */
    @Test
    void nothingIsMissedInAnyCase() {
        Random random = new Random(SEED);
        int[] points = "aAbBkKiIsS\u212a\u0130\u017f\u0131xX".codePoints().toArray();
        int found = 0;
        for (int round = 0; round < 500; round++) {
            List<byte[]> texts = new ArrayList<>();
            for (int row = 0; row < 200; row++) {
                texts.add(utf8(text(random, points, random.nextInt(12))));
            }
            byte[] lower = utf8(text(random, points, 2 + random.nextInt(2)).toLowerCase(Locale.ROOT));
            List<Needle> needles = Needle.ofLowerCase(lower);
            if (needles.isEmpty()) {
                continue;
            }
            RequiredTexts required =
                    new RequiredTexts(needles.stream().map(List::of).toList());
            MemorySegment segment = lay(texts);
            long bytes = 4L * (texts.size() + 1);
            long[] bits = new long[Bits.WORDS];
            for (TextSearch search : required.searches(segment, bytes, segment.byteSize())) {
                search.find(segment, 0, bytes, texts.size(), bits);
            }
            for (int row = 0; row < texts.size(); row++) {
                byte[] text = utf8(new String(texts.get(row), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT));
                if (ByteSearch.find(text, 0, text.length, lower, 0, lower.length) >= 0) {
                    found++;
                    assertTrue(Bits.get(bits, row), "seed " + SEED + ", round " + round + ", row " + row);
                }
            }
        }
        assertTrue(found > 1_000, found + " texts matched");
    }

    @Test
    void lettersInEitherCaseAreFound() {
        List<byte[]> texts = List.of(utf8("Foxes"), utf8("fOXES"), utf8("f\u00f8xes"), utf8("F0xes"), utf8("xxFOXES"));
        MemorySegment segment = lay(texts);
        long[] bits = new long[Bits.WORDS];
        new TextSearch(Needle.inAnyCase(utf8("foXes")), 1, 3).find(segment, 0, 4L * 6, 5, bits);
        assertEquals(0b10011, bits[0]);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void randomTextsAndNeedles() {
        Random random = new Random(SEED);
        String[] alphabets = {"ab", "abc\u00e4\u20ac\ud83d\ude00", "abcdefghijklmnopqrstuvwxyz "};
        for (int round = 0; round < 300; round++) {
            String alphabet = alphabets[round % alphabets.length];
            int[] points = alphabet.codePoints().toArray();
            int most = 1 + random.nextInt(round % 10 == 0 ? 300 : 40);
            List<byte[]> texts = new ArrayList<>();
            int rows = 1 + random.nextInt(round % 7 == 0 ? 3000 : 70);
            for (int row = 0; row < rows; row++) {
                texts.add(utf8(text(random, points, random.nextInt(most + 1))));
            }
            byte[] needle = utf8(text(random, points, 1 + random.nextInt(6)));
            holds(texts, needle, "seed " + SEED + ", round " + round);
        }
    }

    private static String text(Random random, int[] points, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    /** Ends of no, few and more than eight bytes; texts that end with the segment, too short for a word of eight. */
    @Test
    void endsAreThoseOfEachText() {
        Random random = new Random(SEED);
        int[] points = "ab\u00e4".codePoints().toArray();
        int found = 0;
        for (int round = 0; round < 2_000; round++) {
            byte[] prefix = utf8(text(random, points, random.nextInt(3) * random.nextInt(5)));
            byte[] suffix = utf8(text(random, points, random.nextInt(3) * random.nextInt(5)));
            boolean whole = random.nextInt(4) == 0;
            String ends = new String(prefix, StandardCharsets.UTF_8) + new String(suffix, StandardCharsets.UTF_8);
            List<byte[]> texts = new ArrayList<>();
            for (int row = random.nextInt(150); row >= 0; row--) {
                String middle = text(random, points, random.nextInt(4));
                String all = new String(prefix, StandardCharsets.UTF_8)
                        + middle
                        + new String(suffix, StandardCharsets.UTF_8);
                texts.add(utf8(
                        switch (random.nextInt(4)) {
                            case 0 -> all;
                            case 1 -> ends.substring(Math.min(ends.length(), random.nextInt(3)));
                            case 2 -> ends;
                            default -> middle;
                        }));
            }
            MemorySegment segment = lay(texts);
            long[] bits = new long[Bits.WORDS];
            new TextEnds(prefix, suffix, whole).find(segment, 0, 4L * (texts.size() + 1), texts.size(), bits);
            for (int row = 0; row < texts.size(); row++) {
                byte[] text = texts.get(row);
                int between = text.length - prefix.length - suffix.length;
                boolean expected = (whole ? between == 0 : between >= 0)
                        && ByteSearch.matches(text, 0, prefix)
                        && ByteSearch.matches(text, text.length - suffix.length, suffix);
                assertEquals(expected, Bits.get(bits, row), "seed " + SEED + ", round " + round + ", row " + row);
                found += expected ? 1 : 0;
            }
        }
        assertTrue(found > 1_000, found + " texts matched");
    }

    @Test
    void nothingIsFoundAcrossTexts() {
        holds(
                List.of(utf8("xspec"), utf8("ialx"), utf8(""), utf8("special"), utf8("specia")),
                utf8("special"),
                "borders");
    }

    @Test
    void everyPlaceInEveryText() {
        for (int length = 1; length <= 200; length++) {
            byte[] text = new byte[length];
            for (int at = 0; at + 2 <= length; at++) {
                Arrays.fill(text, (byte) 'n');
                text[at] = 'x';
                text[at + 1] = 'y';
                holds(List.of(text), utf8("xy"), "length " + length + ", place " + at);
            }
        }
    }

    @Test
    void moreHitsThanAreNotedAtOnce() {
        List<byte[]> texts = new ArrayList<>();
        for (int row = 0; row < 2000; row++) {
            texts.add(utf8("a".repeat(row % 50)));
        }
        holds(texts, utf8("a"), "one byte");
        holds(texts, utf8("aaaa"), "the same byte");
    }

    @Test
    void textsShorterThanTheNeedle() {
        holds(List.of(utf8("a"), utf8(""), utf8("b")), utf8("abcdefgh"), "short");
        holds(List.of(utf8("")), utf8("a"), "empty");
    }
}
