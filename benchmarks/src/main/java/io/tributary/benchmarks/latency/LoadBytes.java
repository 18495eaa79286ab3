package io.tributary.benchmarks.latency;

import io.tributary.app.UserError;
import io.tributary.benchmarks.pipeline.Measured;
import io.tributary.benchmarks.pipeline.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** How much loads write to the broker's disk, which is known before they do. */
final class LoadBytes {

    /** Of an event and of its prediction: the key, and the broker's share of a record. */
    private static final int AROUND_A_RECORD = 36 + 20;

    private static final double GIGA = 1e9;

    private LoadBytes() {}

    /**
     * Sees to it that the loads do not fill the disk.
     *
     * @param loads those to come, in turn
     * @param drained what a drain of the same ensemble has shown
     * @param seconds how long a load lasts
     * @param folder where the broker writes
     * @throws UserError if there is too little room
     */
    static void require(List<Load> loads, Measured drained, Shape shape, int seconds, Path folder) throws IOException {
        int event = new NumberedEvents(shape.schema(), 0).record(0).length;
        double bytes = event + drained.outputBytes() + 2 * AROUND_A_RECORD;
        require(
                most(loads, drained.rate(), seconds, bytes),
                Files.getFileStore(folder).getUsableSpace(),
                seconds,
                folder);
    }

    /**
     * The most bytes that lie on the disk at once. What one load has written may still be there when the next writes, for
     * the broker deletes files a minute after their topic.
     *
     * @param drained the rate that loads are shares of, events a second
     * @param bytes an event and its prediction
     */
    static long most(List<Load> loads, double drained, int seconds, double bytes) {
        double most = 0;
        double before = 0;
        for (Load load : loads) {
            double own = bytes * Load.events(load.share() * drained, seconds);
            most = Math.max(most, before + own);
            before = own;
        }
        return (long) most;
    }

    /** Compares what is wanted with what there is. */
    static void require(long wanted, long free, int seconds, Path folder) {
        if (free < wanted) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "the loads of section latency write up to %.1f GB at a time to %s, where %.1f GB are free; make room"
                            + " there, set TMPDIR to a folder with more, or pass --seconds less than %d",
                    wanted / GIGA,
                    folder,
                    free / GIGA,
                    seconds));
        }
    }
}
