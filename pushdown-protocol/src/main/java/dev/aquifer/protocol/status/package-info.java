/**
 * Errors as gRPC statuses and back: the one place that knows both; and where servers listen. May use {@code spi.error} and gRPC. What a server or
 * client does about an error is not decided here.
 */
@NullMarked
package dev.aquifer.protocol.status;

import org.jspecify.annotations.NullMarked;
