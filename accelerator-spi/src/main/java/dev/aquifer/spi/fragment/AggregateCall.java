package dev.aquifer.spi.fragment;

/**
 * One aggregate of a fragment.
 *
 * @param arg position among the fragment's projections, or -1 for COUNT of rows
 * @param filter position of a BOOLEAN projection: only rows where it is true count; or -1
 */
public record AggregateCall(AggregateFunction function, int arg, int filter) {}
