/** What goes over the wire: gRPC service, Substrait plans, Arrow batches, error mapping. */
@NullMarked
package dev.aquifer.protocol;

import org.jspecify.annotations.NullMarked;
