/**
 * Options that several commands share, the folders of the user, and the way from an exception to an exit code. May use
 * {@code output}, {@code lake-io} and the protocol's {@code status}.
 */
@NullMarked
package dev.aquifer.cli.config;

import org.jspecify.annotations.NullMarked;
