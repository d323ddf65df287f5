package dev.aquifer.cli.doctor;

/**
 * One thing that was looked at.
 *
 * @param what its name, a few letters
 * @param found what was found, one line
 * @param well whether Aquifer can work with it
 */
record Finding(String what, String found, boolean well) {
    static Finding well(String what, String found) {
        return new Finding(what, found, true);
    }

    static Finding bad(String what, String found) {
        return new Finding(what, found, false);
    }
}
