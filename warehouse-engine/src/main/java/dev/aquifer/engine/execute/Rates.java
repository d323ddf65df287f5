package dev.aquifer.engine.execute;

/**
 * What a byte and a call cost, in seconds and bytes a second; modest values of current machines in one availability zone. They
 * decide between pushing and pulling only, never what a query gives.
 */
final class Rates {
    /** A call to a node, there and back, with its planning. */
    static final double CALL = 0.0008;
    /** The same for a node in this process. */
    static final double NEAR_CALL = 0.0002;
    /** The first byte of an object in S3, and of a local file. */
    static final double S3_REQUEST = 0.015;

    static final double FILE_REQUEST = 0.0002;
    static final double LAKE = 200e6;
    static final double SSD = 1.5e9;
    static final double MEMORY = 8e9;
    static final double NETWORK = 1.2e9;
    /** Encoded bytes that a node's device takes. */
    static final double DEVICE = 2e9;
    /** Compressed bytes that the engine decodes, encodes and scans. */
    static final double ENGINE = 150e6;
    /** How often a block that a node had to fetch is used before it leaves the cache. */
    static final double REUSE = 4;

    private Rates() {}
}
