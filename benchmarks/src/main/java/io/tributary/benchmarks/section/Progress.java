package io.tributary.benchmarks.section;

import java.io.PrintStream;

/** Says what is being done: on a terminal in one line that is overwritten, elsewhere with a line a case. */
public final class Progress {

    private static final String WIPE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;

    /**
     * Progress.
     *
     * @param terminal whether lines can be overwritten
     */
    public Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Something begins that takes a while; said on a terminal alone. */
    public synchronized void doing(String what) {
        if (terminal) {
            out.print(WIPE + "  … " + what);
            out.flush();
        }
    }

    /** Something is done. */
    public synchronized void done(String what) {
        out.println((terminal ? WIPE : "") + "  ✓ " + what);
        out.flush();
    }

    /** Leaves the terminal as it was found. */
    public synchronized void end() {
        if (terminal) {
            out.print(WIPE);
            out.flush();
        }
    }
}
