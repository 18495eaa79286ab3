package io.tributary.app.report;

import io.tributary.app.play.Player;
import io.tributary.app.play.Tally;
import io.tributary.core.spec.EnsembleSpec;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Shows a run while it goes on: on a terminal a progress bar and the table, redrawn in place; elsewhere a line for every
 * tenth of the events.
 */
public final class LiveView implements AutoCloseable {

    private static final int REDRAW_MILLIS = 500;
    private static final int BAR_WIDTH = 20;

    /** Off while drawing: a line longer than the terminal is wide would upset the count of lines. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private final EnsembleSpec spec;
    private final Tally tally;
    private final Player player;
    private final PrintWriter out;
    private final boolean terminal;
    private final long startNanos = System.nanoTime();
    private final Thread thread;
    private int drawnLines;
    private int tenths = -1;
    private volatile boolean closed;

    private LiveView(EnsembleSpec spec, Tally tally, Player player, PrintWriter out, boolean terminal) {
        this.spec = spec;
        this.tally = tally;
        this.player = player;
        this.out = out;
        this.terminal = terminal;
        this.thread = new Thread(this::draw, "live-view");
        thread.setDaemon(true);
    }

    /** Starts showing. */
    public static LiveView start(EnsembleSpec spec, Tally tally, Player player, PrintWriter out, boolean terminal) {
        LiveView view = new LiveView(spec, tally, player, out, terminal);
        view.thread.start();
        return view;
    }

    private void draw() {
        try {
            while (!closed) {
                show();
                Thread.sleep(REDRAW_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void show() {
        int total = tally.events().size();
        double share = total == 0 ? 1 : (double) tally.answered() / total;
        if (!terminal) {
            int reached = (int) (10 * share);
            if (reached > tenths) {
                tenths = reached;
                out.println(progress(total, share));
                out.flush();
            }
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add("  " + bar(share) + "  " + progress(total, share));
        lines.add("");
        lines.addAll(TextTable.live(spec, tally));
        StringBuilder frame = new StringBuilder(NO_WRAP);
        if (drawnLines > 0) {
            frame.append("\u001b[").append(drawnLines).append('A');
        }
        for (String line : lines) {
            frame.append("\r\u001b[K").append(line).append('\n');
        }
        drawnLines = lines.size();
        out.print(frame.append(WRAP));
        out.flush();
    }

    private static String bar(double share) {
        return TextTable.bar(share, BAR_WIDTH);
    }

    private String progress(int total, double share) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        long answered = tally.answered();
        String text = String.format(
                Locale.ROOT,
                "%3.0f %%  %s of %s events  %s/s  %s left  %s labels learned",
                100 * share,
                TextTable.count(answered),
                TextTable.count(total),
                TextTable.count(Math.round(answered / seconds)),
                TextTable.clock(answered == 0 ? null : seconds * (total - answered) / answered),
                TextTable.count(tally.weightsVersion()));
        long waiting = player.sent() - answered;
        String dead = tally.deadLetters() == 0 ? "" : "  dead letters " + TextTable.count(tally.deadLetters());
        return text + dead + (waiting > 10_000 ? "  waiting " + TextTable.count(waiting) : "");
    }

    /** Draws a last time and ends; the final table follows below, so the live one is wiped. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        thread.interrupt();
        try {
            thread.join(2 * REDRAW_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        show();
        if (terminal && drawnLines > 1) {
            // Keep the bar, wipe the table.
            out.print("\u001b[" + (drawnLines - 1) + "A\u001b[J");
            out.flush();
        }
    }
}
