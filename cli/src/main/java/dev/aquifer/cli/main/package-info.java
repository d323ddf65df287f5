/**
 * The entry: commands put together, errors turned into exit codes. May use everything else; nothing uses it.
 */
@NullMarked
package dev.aquifer.cli.main;

import org.jspecify.annotations.NullMarked;
