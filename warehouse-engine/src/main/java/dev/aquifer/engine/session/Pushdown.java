package dev.aquifer.engine.session;

/** Whether table accesses run on accelerator nodes. */
public enum Pushdown {
    /** Where it costs less than pulling; pulled where no node is there or the node is busy. */
    AUTO,
    /** Always; a query fails where its node cannot be reached. */
    ON,
    /** Never: the engine fetches the columns and runs the same fragments itself. */
    OFF
}
