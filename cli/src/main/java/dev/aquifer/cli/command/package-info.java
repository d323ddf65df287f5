/**
 * Commands that other modules bring: a module above this one is not known here, so its commands are found by {@link
 * java.util.ServiceLoader}. May use {@code config}.
 */
@NullMarked
package dev.aquifer.cli.command;

import org.jspecify.annotations.NullMarked;
