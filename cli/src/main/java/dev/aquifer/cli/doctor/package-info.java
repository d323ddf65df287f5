/**
 * {@code aquifer doctor}: what this machine has, and how fast it is. May use {@code config}, {@code output} and the devices. It
 * must not start a node or read the lake.
 */
@NullMarked
package dev.aquifer.cli.doctor;

import org.jspecify.annotations.NullMarked;
