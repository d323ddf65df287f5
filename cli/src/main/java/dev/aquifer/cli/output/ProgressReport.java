package dev.aquifer.cli.output;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far a long step is, on standard error: a bar on a terminal, elsewhere a line now and then. A step that is over within
 * a moment shows nothing.
 */
public final class ProgressReport implements AutoCloseable {
    private static final long QUIET_NANOS = Duration.ofMillis(1_500).toNanos();
    private static final long BETWEEN_LINES_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int BAR_COLUMNS = 79;

    private final PrintStream err;
    private final boolean terminal;
    private final String task;
    private final String unit;
    private final long unitSize;
    private final long start = System.nanoTime();
    private long lastLine = start;
    private @Nullable ProgressBar bar;

    /**
     * @param task what is done, such as {@code generating TPC-H}
     * @param unit what is counted, such as {@code rows}
     * @param unitSize how many of what {@link #at} is told are one unit
     */
    public ProgressReport(PrintStream err, boolean terminal, String task, String unit, long unitSize) {
        this.err = err;
        this.terminal = terminal;
        this.task = task;
        this.unit = unit;
        this.unitSize = unitSize;
    }

    /** May be called from any thread, any number of times. */
    public synchronized void at(long done, long expected) {
        long now = System.nanoTime();
        if (now - start < QUIET_NANOS) {
            return;
        }
        if (terminal) {
            ProgressBar shown = bar;
            if (shown == null) {
                shown = open(expected);
                bar = shown;
            }
            shown.maxHint(expected);
            shown.stepTo(done);
        } else if (now - lastLine >= BETWEEN_LINES_NANOS) {
            lastLine = now;
            err.println(String.format(
                    Locale.ROOT,
                    "%s: %d %% (%d of %d %s)",
                    task,
                    expected == 0 ? 100 : 100 * done / expected,
                    done / unitSize,
                    expected / unitSize,
                    unit));
        }
    }

    private ProgressBar open(long expected) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(expected)
                .setUnit(" " + unit, unitSize)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(err, BAR_COLUMNS))
                .build();
    }

    @Override
    public synchronized void close() {
        ProgressBar shown = bar;
        if (shown != null) {
            shown.close();
            bar = null;
        }
    }
}
