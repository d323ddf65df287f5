/**
 * SQL types and the physical form their values have in vectors. May use {@code error} only.
 *
 * <p>A <b>physical value</b>, wherever a single boxed value is handed around (literals, zone maps, the reference
 * device), is {@code null}, or by {@link dev.aquifer.spi.type.Physical}: {@code BOOL} a {@link java.lang.Boolean},
 * {@code LONG} a {@link java.lang.Long}, {@code INT128} a {@link java.math.BigInteger} (unscaled), {@code DOUBLE} a
 * {@link java.lang.Double}, {@code BYTES} a {@link dev.aquifer.spi.type.Bytes}.
 */
@NullMarked
package dev.aquifer.spi.type;

import org.jspecify.annotations.NullMarked;
