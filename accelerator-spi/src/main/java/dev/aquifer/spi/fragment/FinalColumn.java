package dev.aquifer.spi.fragment;

/** A column of a finished aggregation, told by positions among the keys and the states of the aggregation. */
public sealed interface FinalColumn {
    /** A group key. */
    record Key(int key) implements FinalColumn {}

    /** The final value of an aggregate. */
    record Value(int state) implements FinalColumn {}

    /** The average of an aggregate SUM over the COUNT of the same rows; null where the count is 0. */
    record Average(int sum, int count) implements FinalColumn {}
}
