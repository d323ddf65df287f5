package dev.aquifer.cpu.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What every match of a pattern has: of each of some sets of strings, one. Which set is searched for, and by which two bytes of each
 * of its strings, is chosen once, by what is rare in the first block that is searched. Not thread-safe.
 */
final class RequiredTexts {
    static final RequiredTexts NONE = new RequiredTexts(List.of());

    /** Bytes of a block that are counted to tell rare strings from common ones. */
    private static final int SAMPLE = 4096;

    private static final int PIECES = 8;
    /** Bytes of a needle of which pairs are tried. */
    private static final int RAREST = 5;

    /** What a pass over the sample takes, in the unit of the two below: about a cycle. */
    private static final int PASS_COST = SAMPLE / 10;
    /** What a place takes where both bytes are right and the rest is not. */
    private static final int PLACE_COST = 30;
    /** What a text takes that is found, and then looked at in full. */
    private static final int TEXT_COST = 200;

    private final List<List<Needle>> sets;
    private List<TextSearch> searches;
    private boolean chosen;

    /** @param sets none empty */
    RequiredTexts(List<List<Needle>> sets) {
        this.sets = sets;
        this.searches = sets.isEmpty()
                ? List.of()
                : sets.getFirst().stream()
                        .map(needle -> new TextSearch(needle, 0, needle.length() - 1))
                        .toList();
    }

    /** Whether nothing is known of the matches. */
    boolean isEmpty() {
        return sets.isEmpty();
    }

    /**
     * Searches one of which finds something in every match.
     *
     * @param from where the texts of a block begin
     * @param to where they end
     */
    List<TextSearch> searches(MemorySegment block, long from, long to) {
        if (!chosen && to - from >= SAMPLE) {
            chosen = true;
            choose(sample(block, from, to));
        }
        return searches;
    }

    private static byte[] sample(MemorySegment block, long from, long to) {
        byte[] sample = new byte[SAMPLE];
        int piece = SAMPLE / PIECES;
        for (int i = 0; i < PIECES; i++) {
            long start = from + (to - from - piece) / (PIECES - 1) * i;
            MemorySegment.copy(block, ValueLayout.JAVA_BYTE, start, sample, i * piece, piece);
        }
        return sample;
    }

    private void choose(byte[] sample) {
        int[] counts = new int[256];
        for (byte each : sample) {
            counts[each & 0xff]++;
        }
        long best = Long.MAX_VALUE;
        for (List<Needle> set : sets) {
            List<TextSearch> chosenSearches = new ArrayList<>();
            long cost = 0;
            for (Needle needle : set) {
                Pair pair = rarest(needle, counts, sample);
                chosenSearches.add(new TextSearch(needle, pair.first, pair.second));
                cost += PASS_COST + (long) PLACE_COST * pair.often + (long) TEXT_COST * texts(needle, sample);
            }
            if (cost < best) {
                best = cost;
                searches = chosenSearches;
            }
        }
    }

    /** Two places of a needle, and how often both are right. */
    private record Pair(int first, int second, int often) {}

    private static Pair rarest(Needle needle, int[] counts, byte[] sample) {
        int[] places = IntStream.range(0, needle.length())
                .boxed()
                .sorted(Comparator.comparingInt(place -> count(needle, place, counts)))
                .limit(RAREST)
                .mapToInt(Integer::intValue)
                .toArray();
        Pair best = new Pair(0, 0, Integer.MAX_VALUE);
        for (int i = 0; i < places.length; i++) {
            for (int j = i; j < places.length; j++) {
                int often = together(sample, needle, places[i], places[j]);
                if (often < best.often) {
                    best = new Pair(places[i], places[j], often);
                }
            }
        }
        return best;
    }

    private static int count(Needle needle, int place, int[] counts) {
        int lower = needle.at(place) & 0xff;
        return counts[lower] + (needle.fold(place) == 0 ? 0 : counts[lower ^ needle.fold(place)]);
    }

    /** How often two bytes of a needle stand in a sample as they do in it: a q is rare, but its u tells nothing more. */
    private static int together(byte[] sample, Needle needle, int first, int second) {
        int low = Math.min(first, second);
        int high = Math.max(first, second);
        int often = 0;
        for (int at = 0; at + high - low < sample.length; at++) {
            often += needle.isRight(sample[at], low) && needle.isRight(sample[at + high - low], high) ? 1 : 0;
        }
        return often;
    }

    private static int texts(Needle needle, byte[] sample) {
        int often = 0;
        for (int at = 0; at + needle.length() <= sample.length; at++) {
            often += needle.isAt(sample, at) ? 1 : 0;
        }
        return often;
    }
}
