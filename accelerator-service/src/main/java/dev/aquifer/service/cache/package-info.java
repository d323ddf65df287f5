/**
 * Where encoded blocks are kept: off-heap memory, and segment files on SSD. May use {@code metrics} and {@code tenant}. It
 * must not know where blocks come from; it is only ever told to keep one, asked whether it has one, and may say no to both.
 *
 * <p>Keys hold the object's version and the tenant, so a replaced object and another tenant's blocks are never met.
 */
@NullMarked
package dev.aquifer.service.cache;

import org.jspecify.annotations.NullMarked;
