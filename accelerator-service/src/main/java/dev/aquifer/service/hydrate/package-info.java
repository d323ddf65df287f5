/**
 * Blocks for those who ask: from memory, else from SSD, else from the lake's files, fetched and encoded once however many
 * ask. May use {@code metrics}, {@code tenant}, {@code admission} and {@code cache}. It must not know what the blocks are
 * for.
 */
@NullMarked
package dev.aquifer.service.hydrate;

import org.jspecify.annotations.NullMarked;
