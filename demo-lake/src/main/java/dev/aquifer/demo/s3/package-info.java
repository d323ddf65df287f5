/**
 * An S3 server inside this process, for the demo and for tests that want the real protocol. May use the S3 server, the AWS
 * SDK and {@code spi.error}. It must not know what is stored in it, and never listens on more than loopback.
 */
@NullMarked
package dev.aquifer.demo.s3;

import org.jspecify.annotations.NullMarked;
