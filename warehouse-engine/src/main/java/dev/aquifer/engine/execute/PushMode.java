package dev.aquifer.engine.execute;

/** Whether accesses are pushed; see {@code Pushdown} of the session. */
public enum PushMode {
    AUTO,
    ON,
    OFF
}
