/** The aquifer command. */
@NullMarked
package dev.aquifer.cli;

import org.jspecify.annotations.NullMarked;
