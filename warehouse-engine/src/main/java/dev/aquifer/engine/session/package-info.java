/**
 * The engine as its callers see it: open an {@link dev.aquifer.engine.session.Engine}, make a session, prepare a query,
 * read batches. The command line and the Flight SQL server use nothing else. May use every other package of the engine
 * but {@code server}; planner classes must not appear in its signatures.
 */
@NullMarked
package dev.aquifer.engine.session;

import org.jspecify.annotations.NullMarked;
