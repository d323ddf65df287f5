package dev.aquifer.cpu.group;

/** Which numbers are groups: those below a size, some of which may be nobody's. */
interface GroupNumbers {
    /** All groups have numbers below it. */
    int size();

    /** Sets the bits of the numbers that are groups. */
    void copyTo(GroupBits bits);
}
