/**
 * A node as a process: prints where it listens, ends when it is told to. May use all packages above it. Arguments are the
 * command line's business.
 */
@NullMarked
package dev.aquifer.service.main;

import org.jspecify.annotations.NullMarked;
