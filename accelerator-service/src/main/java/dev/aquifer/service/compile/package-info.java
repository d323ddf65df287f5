/**
 * Programs made ready on devices, kept for the next fragment of the same form. May use {@code metrics}. Which device a
 * program is for is decided elsewhere.
 */
@NullMarked
package dev.aquifer.service.compile;

import org.jspecify.annotations.NullMarked;
