package dev.aquifer.engine.execute;

/** Counts who is inside, so that what they use is closed after the last has left. Thread-safe. */
final class Turnstile {
    private int inside;
    private boolean shut;

    /** Whether one may go in; no more after {@link #awaitNone()} has begun. */
    synchronized boolean enter() {
        if (shut) {
            return false;
        }
        inside++;
        return true;
    }

    synchronized void leave() {
        inside--;
        notifyAll();
    }

    /** Lets nobody in any more, and waits until the last has left. */
    synchronized void awaitNone() {
        shut = true;
        boolean interrupted = false;
        while (inside > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
