package io.tributary.core.backtest;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What members said about events, in the order of the events, and when each label became known.
 *
 * @param members the members' names
 * @param scores one row an event: one number a member, or one a class and member; NaN where it did not answer
 * @param labels one an event; NaN where it never became known
 * @param arrivals the rows in the order in which their labels became known
 * @param known for each row how many of {@code arrivals} were known when it was scored
 * @param segments one an event, null where it has none; null if no event has one
 */
public record Recording(
        List<String> members,
        double[][] scores,
        double[] labels,
        int[] arrivals,
        int[] known,
        @Nullable String @Nullable [] segments) {

    /**
     * A recording in which each label comes a fixed number of rows late.
     *
     * @param delayRows 0 if a label is known before the next row is scored
     */
    public static Recording delayed(List<String> members, double[][] scores, double[] labels, int delayRows) {
        int rows = labels.length;
        int[] known = new int[rows];
        Arrays.setAll(known, t -> Math.max(0, t - delayRows));
        return new Recording(members, scores, labels, IntStream.range(0, rows).toArray(), known, null);
    }

    /**
     * A recording with times of its own, whatever their unit: a label is known to the events that are not before its time.
     *
     * @param eventTimes not falling from row to row
     * @param labelTimes one an event
     */
    public static Recording timed(
            List<String> members, double[][] scores, double[] labels, double[] eventTimes, double[] labelTimes) {
        int rows = labels.length;
        int[] arrivals = IntStream.range(0, rows)
                .boxed()
                .sorted((a, b) -> Double.compare(labelTimes[a], labelTimes[b]))
                .mapToInt(row -> row)
                .toArray();
        int[] known = new int[rows];
        int next = 0;
        for (int t = 0; t < rows; t++) {
            // A label that is older than its own event waits for it.
            while (next < rows && labelTimes[arrivals[next]] <= eventTimes[t] && arrivals[next] < t) {
                next++;
            }
            known[t] = next;
        }
        return new Recording(members, scores, labels, arrivals, known, null);
    }

    /** The same with a segment for each event. */
    public Recording withSegments(@Nullable String[] perEvent) {
        return new Recording(members, scores, labels, arrivals, known, perEvent);
    }

    /**
     * The first events alone, with the labels that were known when the last of them was scored.
     *
     * @param rows how many, from 1 to {@link #rows}
     */
    public Recording first(int rows) {
        return new Recording(
                members,
                Arrays.copyOf(scores, rows),
                Arrays.copyOf(labels, rows),
                Arrays.copyOf(arrivals, known[rows - 1]),
                Arrays.copyOf(known, rows),
                segments == null ? null : Arrays.copyOf(segments, rows));
    }

    /** An event's segment; null if it has none. */
    public @Nullable String segment(int row) {
        return segments == null ? null : segments[row];
    }

    /** How many events there are. */
    public int rows() {
        return labels.length;
    }
}
