/**
 * How a call says whose it is: the {@code authorization: Bearer TOKEN} metadata of gRPC. May use {@code spi.error}. Which
 * tenant a token stands for is the node's business.
 */
@NullMarked
package dev.aquifer.protocol.auth;

import org.jspecify.annotations.NullMarked;
