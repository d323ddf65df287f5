/**
 * Fragments as Substrait plans and back. May use {@code spi}, {@code proto} and Substrait's generated protobuf classes,
 * never its Java model or its YAML: a node starts cold, and reading those takes seconds.
 *
 * <p>A plan comes from outside: {@link dev.aquifer.protocol.substrait.SubstraitReader} trusts nothing in it, neither sizes
 * nor depths nor types. {@link dev.aquifer.protocol.substrait.SubstraitWriter} followed by the reader is the identity.
 */
@NullMarked
package dev.aquifer.protocol.substrait;

import org.jspecify.annotations.NullMarked;
