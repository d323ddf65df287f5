package dev.aquifer.spi.fragment;

/** One key of an order, by position among the fragment's projections. */
public record SortKey(int column, boolean descending, boolean nullsFirst) {}
