/**
 * The reference device: every primitive, one row at a time over boxed physical values, in the plainest form that is
 * right. It is the oracle for all other devices. May use all other packages of this module.
 *
 * <p>Pure functions over plain values that are exact and free of policy ({@link dev.aquifer.spi.reference.CivilTime}, {@link
 * dev.aquifer.spi.reference.Utf8}, {@link dev.aquifer.spi.reference.LikePattern}, {@link
 * dev.aquifer.spi.reference.TextReading}, {@link dev.aquifer.spi.reference.TimeReading}) are public: a device may call them where a faster form would not pay.
 */
@NullMarked
package dev.aquifer.spi.reference;

import org.jspecify.annotations.NullMarked;
