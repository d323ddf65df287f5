/** The node: server, admission, scheduler, cache tiers, hydration, compiler and placement. */
@NullMarked
package dev.aquifer.service;

import org.jspecify.annotations.NullMarked;
