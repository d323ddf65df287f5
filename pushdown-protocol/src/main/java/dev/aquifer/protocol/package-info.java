/**
 * What goes over the wire between engine and node. The packages: {@code proto} (generated from {@code src/main/protobuf}),
 * {@code status} (errors), {@code auth} (tokens), {@code substrait} (fragments), {@code arrow} (rows). Depends on {@code
 * accelerator-spi} only; who listens and who calls is not known here.
 */
@NullMarked
package dev.aquifer.protocol;

import org.jspecify.annotations.NullMarked;
