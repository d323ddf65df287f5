package dev.aquifer.spi.reference;

import org.jspecify.annotations.Nullable;

/** An operation over argument values none of which is null. */
@FunctionalInterface
interface Strict {
    @Nullable
    Object apply(Object[] args);
}
