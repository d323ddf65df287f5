package dev.aquifer.engine.random;

/**
 * A random query.
 *
 * @param ordered whether its text fixes the order of all its rows
 */
record RandomQuery(Sql sql, boolean ordered) {}
