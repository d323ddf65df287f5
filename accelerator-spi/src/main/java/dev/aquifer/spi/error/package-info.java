/**
 * Error codes and the one exception type that crosses module borders. Depends on nothing. It must not know about
 * transports: the mapping to gRPC status lives in {@code pushdown-protocol}.
 */
@NullMarked
package dev.aquifer.spi.error;

import org.jspecify.annotations.NullMarked;
