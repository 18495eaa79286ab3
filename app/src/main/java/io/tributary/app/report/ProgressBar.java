package io.tributary.app.report;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How far something has come: on a terminal a bar that is redrawn in place and wiped at the end, elsewhere a line now and
 * then. What is done soon shows nothing at all.
 */
public final class ProgressBar implements Journal.Gauge {

    /** On a terminal: often enough to be seen moving. */
    static final long REDRAWN_EVERY_NANOS = 200_000_000L;

    /** Elsewhere: seldom enough for a log. */
    static final long SAID_EVERY_NANOS = 10_000_000_000L;

    private static final String WIPE = "\r\u001b[K";
    private static final int WIDTH = 20;

    private final PrintWriter out;
    private final boolean terminal;
    private final String what;
    private final long total;
    private final LongSupplier nanos;
    private final long startNanos;
    private final AtomicLong due;
    private boolean drawn;
    private boolean closed;

    /**
     * Nothing is done yet.
     *
     * @param terminal whether what is written can be wiped again
     * @param what what is counted
     * @param nanos a clock, as {@link System#nanoTime} is
     */
    public ProgressBar(PrintWriter out, boolean terminal, String what, long total, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        this.what = what;
        this.total = total;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
        this.due = new AtomicLong(startNanos + every());
    }

    private long every() {
        return terminal ? REDRAWN_EVERY_NANOS : SAID_EVERY_NANOS;
    }

    @Override
    public void at(long done) {
        long now = nanos.getAsLong();
        long then = due.get();
        if (now - then >= 0 && due.compareAndSet(then, now + every())) {
            show(done, now);
        }
    }

    private synchronized void show(long done, long now) {
        if (closed) {
            return;
        }
        double share = total == 0 ? 1 : Math.min(1, (double) done / total);
        double seconds = (now - startNanos) / 1e9;
        String text = String.format(
                Locale.ROOT,
                "%3.0f %%  %s of %s %s  %s left",
                100 * share,
                TextTable.count(done),
                TextTable.count(total),
                what,
                TextTable.clock(done == 0 ? null : seconds * (1 - share) / share));
        if (terminal) {
            out.print(WIPE + "  " + TextTable.bar(share, WIDTH) + "  " + text);
            drawn = true;
        } else {
            out.println("  " + text);
        }
        out.flush();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (drawn) {
            out.print(WIPE);
            out.flush();
        }
    }
}
