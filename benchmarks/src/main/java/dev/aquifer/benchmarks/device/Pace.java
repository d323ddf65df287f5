package dev.aquifer.benchmarks.device;

/**
 * How long each case is measured.
 *
 * @param forks JVMs for each case; 0 measures in the one that asks, where cases share what the compiler has learnt
 * @param warmMillis milliseconds of a warm-up iteration
 * @param millis milliseconds of a measured iteration
 */
public record Pace(int forks, int warmups, long warmMillis, int iterations, long millis) {
    /** Some four seconds a case. */
    public static final Pace FULL = new Pace(1, 4, 400, 5, 250);

    /** For an overview: some two seconds a case. */
    public static final Pace QUICK = new Pace(1, 3, 200, 5, 60);

    public Pace withForks(int count) {
        return new Pace(count, warmups, warmMillis, iterations, millis);
    }
}
