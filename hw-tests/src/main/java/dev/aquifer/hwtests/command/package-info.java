/**
 * {@code aquifer hwtest}: the conformance suite as a command. May use {@code conformance}, the command line's packages and
 * the node's {@code place}.
 */
@NullMarked
package dev.aquifer.hwtests.command;

import org.jspecify.annotations.NullMarked;
