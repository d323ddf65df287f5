package dev.aquifer.spi.reference;

/** What a register holds for a row outside of its operation's mask. */
enum Undefined {
    VALUE
}
