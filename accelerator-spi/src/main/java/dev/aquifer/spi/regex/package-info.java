/**
 * Patterns of SIMILAR TO and regular expressions: text to syntax tree, tree to automaton over the bytes of UTF-8, and what can
 * be told about all texts that match. May use {@code error} and {@code type}; it knows no columns, expressions or devices.
 *
 * <p>{@link dev.aquifer.spi.regex.Regex} is the way in. A CPU device runs {@link dev.aquifer.spi.regex.RegexMatcher}, whose time
 * is linear in the text and whose memory is bounded, whatever the pattern; a device with a constant memory takes {@link
 * dev.aquifer.spi.regex.DfaTable}; both may search for {@link dev.aquifer.spi.regex.Literals} first. The reference device
 * walks the tree.
 *
 * <p>The meaning is PostgreSQL's with the collation C, the syntax what RE2 and PostgreSQL have in common: no back references, no
 * look-around.
 */
@NullMarked
package dev.aquifer.spi.regex;

import org.jspecify.annotations.NullMarked;
