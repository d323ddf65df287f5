/**
 * Fragments to nodes: which node, the call, the stream of what comes back. May use {@code pushdown-protocol} and the SPI.
 * It decides nothing about plans.
 */
@NullMarked
package dev.aquifer.engine.client;

import org.jspecify.annotations.NullMarked;
