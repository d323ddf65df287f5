/**
 * Holds the order of packages that ARCHITECTURE.md states. Reads that file and the compiled classes of all modules; must
 * not run any of them.
 */
@NullMarked
package dev.aquifer.hwtests.order;

import org.jspecify.annotations.NullMarked;
