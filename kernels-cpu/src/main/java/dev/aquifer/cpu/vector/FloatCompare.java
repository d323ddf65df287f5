package dev.aquifer.cpu.vector;

import static dev.aquifer.cpu.vector.Lanes.DOUBLES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Comparisons of doubles to bitmaps, in SQL's order: every NaN is the same and above infinity, -0.0 is 0.0. The order of
 * {@link LongCompare#order}, without its keys; nothing is special for constants, as both sides come faster than memory.
 */
final class FloatCompare {
    private FloatCompare() {}

    static void equal(double[] left, double[] right, int rows, long[] bits) {
        for (int word = 0; word << 6 < rows; word++) {
            long found = 0;
            for (int at = 0; at < 64; at += DOUBLES.length()) {
                DoubleVector x = DoubleVector.fromArray(DOUBLES, left, (word << 6) + at);
                DoubleVector y = DoubleVector.fromArray(DOUBLES, right, (word << 6) + at);
                VectorMask<Double> bothNan = isNan(x).and(isNan(y));
                found |= x.compare(VectorOperators.EQ, y).or(bothNan).toLong() << at;
            }
            bits[word] = found;
        }
    }

    static void less(double[] left, double[] right, int rows, long[] bits) {
        for (int word = 0; word << 6 < rows; word++) {
            long found = 0;
            for (int at = 0; at < 64; at += DOUBLES.length()) {
                DoubleVector x = DoubleVector.fromArray(DOUBLES, left, (word << 6) + at);
                DoubleVector y = DoubleVector.fromArray(DOUBLES, right, (word << 6) + at);
                // A number is less than all that it is not at or above, NaN included; a NaN is less than nothing.
                VectorMask<Double> atLeast = x.compare(VectorOperators.GE, y);
                found |= atLeast.or(isNan(x)).not().toLong() << at;
            }
            bits[word] = found;
        }
    }

    private static VectorMask<Double> isNan(DoubleVector values) {
        return values.compare(VectorOperators.NE, values);
    }
}
