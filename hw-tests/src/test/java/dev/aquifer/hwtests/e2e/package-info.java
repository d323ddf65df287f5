/**
 * The whole product as a person runs it: nodes, engine and clients as processes of their own, data behind the S3
 * protocol, the stock JDBC driver. May use everything.
 */
@NullMarked
package dev.aquifer.hwtests.e2e;

import org.jspecify.annotations.NullMarked;
