/**
 * What a node counts, and the text page where it can be read. Depends on nothing of the node. It must not decide
 * anything: no behaviour may hang on a counter.
 */
@NullMarked
package dev.aquifer.service.metrics;

import org.jspecify.annotations.NullMarked;
