/** {@code aquifer hwtest}, from arguments to exit code. */
@NullMarked
package dev.aquifer.hwtests.command;

import org.jspecify.annotations.NullMarked;
