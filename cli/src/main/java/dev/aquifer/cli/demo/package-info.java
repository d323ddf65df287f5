/**
 * {@code aquifer demo}: TPC-H in an S3 server, a node and an engine, all on this machine, and what pushing saves on a few
 * queries. May use {@code local}, {@code config}, {@code output}, the engine's {@code session}, the node's {@code server} and
 * {@code demo-lake}. Every figure comes from the run itself.
 */
@NullMarked
package dev.aquifer.cli.demo;

import org.jspecify.annotations.NullMarked;
