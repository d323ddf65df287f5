/**
 * Runs fragments stripe by stripe on the node's workers, in turns that tenants get by weight, and hands results on in
 * order as fast as the caller takes them. May use all packages above it: {@code metrics} to {@code place}. It knows
 * nothing of plans' encodings or transports.
 */
@NullMarked
package dev.aquifer.service.schedule;

import org.jspecify.annotations.NullMarked;
