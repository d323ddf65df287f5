/**
 * The node's door: the gRPC service, and the node that is put together behind it. May use all packages above it. It turns
 * messages into requests and results into messages; what a fragment does is decided behind it.
 */
@NullMarked
package dev.aquifer.service.server;

import org.jspecify.annotations.NullMarked;
