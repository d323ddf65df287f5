/** The Flight SQL server through the stock JDBC driver, and through Flight's own client where JDBC does not reach. */
@NullMarked
package dev.aquifer.engine.server;

import org.jspecify.annotations.NullMarked;
