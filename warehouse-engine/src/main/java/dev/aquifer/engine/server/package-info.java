/**
 * The front door for SQL clients: Arrow Flight SQL, for the stock JDBC driver and ADBC. May use {@code session} (and the
 * columns of {@code catalog} that it shows), the protocol's Arrow and error packages, and Flight. It plans and runs nothing
 * itself.
 *
 * <p>A statement goes: prepare (types of columns and parameters come back), bind, ask for the flight's info (a handle for one
 * execution), fetch its stream. Handles belong to the credentials that made them.
 */
@NullMarked
package dev.aquifer.engine.server;

import org.jspecify.annotations.NullMarked;
