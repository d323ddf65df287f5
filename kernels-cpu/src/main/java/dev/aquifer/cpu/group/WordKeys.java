package dev.aquifer.cpu.group;

import dev.aquifer.cpu.vector.Frame;
import dev.aquifer.spi.block.Stripes;
import dev.aquifer.spi.device.MemoryReservation;
import java.util.List;

/** Any keys, as words of 64 bits, after words that tell which are null. */
final class WordKeys implements KeyIndex {
    private final List<KeyColumn> keys;
    private final int nullWords;
    private final int[] firstWords;
    private final GroupTable table;
    /** The words of the frame's keys, each by row. */
    private final long[][] key;

    private final long[] hashes = new long[Stripes.VECTOR_ROWS];
    private final RowNumbers all = new RowNumbers();

    WordKeys(List<KeyColumn> keys, MemoryReservation memory) {
        this.keys = keys;
        this.nullWords = (keys.size() + 63) / 64;
        this.firstWords = new int[keys.size()];
        int words = nullWords;
        for (int i = 0; i < firstWords.length; i++) {
            firstWords[i] = words;
            words += keys.get(i).words();
        }
        this.table = new GroupTable(words, memory);
        this.key = new long[words][Stripes.VECTOR_ROWS];
    }

    @Override
    public int size() {
        return table.size();
    }

    @Override
    public void copyTo(GroupBits bits) {
        bits.fill(table.size());
    }

    @Override
    public void plan(Frame frame, int rows) {
        // Whatever the keys are, they are hashed.
    }

    @Override
    public boolean isQuick() {
        return false;
    }

    @Override
    public void find(Frame frame, RowNumbers numbers, int[] groups) {
        int[] rows = numbers.rows();
        int count = numbers.count();
        for (int word = 0; word < nullWords; word++) {
            for (int i = 0; i < count; i++) {
                key[word][rows[i]] = 0;
            }
        }
        for (int i = 0; i < keys.size(); i++) {
            keys.get(i).words(frame, numbers, key, firstWords[i], key[i >>> 6], 1L << i);
        }
        table.hash(key, rows, count, hashes);
        table.find(key, hashes, rows, count, groups);
    }

    @Override
    public boolean isNull(int index, int group) {
        return (table.word(group, index >>> 6) >>> index & 1) != 0;
    }

    @Override
    public long word(int index, int group, int word) {
        return table.word(group, firstWords[index] + word);
    }

    @Override
    public void adopt(KeyIndex other, int[] numbers, int count, int[] groups) {
        WordKeys source = (WordKeys) other;
        for (int i = 0; i < count; i++) {
            for (int word = 0; word < key.length; word++) {
                key[word][i] = source.table.word(numbers[i], word);
            }
            for (int index = 0; index < firstWords.length; index++) {
                if (!source.isNull(index, numbers[i])) {
                    int word = firstWords[index];
                    key[word][i] = keys.get(index).adopt(source.keys.get(index), key[word][i]);
                }
            }
        }
        all.all(count);
        table.hash(key, all.rows(), count, hashes);
        table.find(key, hashes, all.rows(), count, groups);
    }
}
