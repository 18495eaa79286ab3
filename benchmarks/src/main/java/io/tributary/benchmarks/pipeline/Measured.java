package io.tributary.benchmarks.pipeline;

import java.util.Arrays;
import java.util.List;

/**
 * What a record has cost in a drain, in the time from when a quarter of its outputs had been written to the last one: what
 * comes before warms up.
 *
 * @param rate records a second
 * @param cpuMicros CPU time of the measured process a record, by all its threads but those that compile byte code
 * @param compilerMicros CPU time of those threads a record
 * @param allocated bytes a record, by all threads that were alive at both ends of that time
 * @param taskAllocated bytes a record, by the task, which reads, scores and writes, and by the threads of members
 * @param peakBytes the most memory that the process has held
 * @param outputBytes the mean size of an output
 * @param batchSize the mean size of a batch; NaN where that is not told
 */
public record Measured(
        double rate,
        double cpuMicros,
        double compilerMicros,
        double allocated,
        double taskAllocated,
        double peakBytes,
        double outputBytes,
        double batchSize) {

    private static final int WARM_UP_SHARE = 4;

    static Measured of(Drain.Result spent, Outputs outputs) {
        long[] times = outputs.appendMillis();
        if (times.length < 2 * WARM_UP_SHARE || times[times.length / WARM_UP_SHARE] == times[times.length - 1]) {
            throw new IllegalStateException(
                    times.length + " outputs were written, too few to measure; is the topic of events filled?");
        }
        long from = times[times.length / WARM_UP_SHARE];
        long to = times[times.length - 1];
        double records = Arrays.stream(times).filter(time -> time > from).count();
        List<Spending.Sample> samples = spent.samples();
        double[] allocated = new double[ThreadGroup.values().length];
        for (ThreadGroup group : ThreadGroup.values()) {
            int g = group.ordinal();
            allocated[g] = (at(samples, to, sample -> sample.allocated()[g])
                            - at(samples, from, sample -> sample.allocated()[g]))
                    / records;
        }
        double cpuNanos = at(samples, to, Spending.Sample::cpuNanos) - at(samples, from, Spending.Sample::cpuNanos);
        double compilerNanos =
                at(samples, to, Spending.Sample::compilerNanos) - at(samples, from, Spending.Sample::compilerNanos);
        return new Measured(
                1000 * records / (to - from),
                (cpuNanos - compilerNanos) / records / 1000,
                compilerNanos / records / 1000,
                Arrays.stream(allocated).sum(),
                allocated[ThreadGroup.TASK.ordinal()] + allocated[ThreadGroup.MEMBERS.ordinal()],
                spent.peakBytes(),
                outputs.meanBytes(),
                outputs.batchSize());
    }

    /** What a sample tells. */
    @FunctionalInterface
    private interface Quantity {
        long of(Spending.Sample sample);
    }

    /** A quantity at a moment, on the line between the samples before and after it. */
    private static double at(List<Spending.Sample> samples, long millis, Quantity quantity) {
        Spending.Sample before = samples.get(0);
        for (Spending.Sample sample : samples) {
            if (sample.millis() >= millis) {
                long gap = sample.millis() - before.millis();
                double share = gap == 0 ? 0 : (millis - before.millis()) / (double) gap;
                return quantity.of(before) + share * (quantity.of(sample) - quantity.of(before));
            }
            before = sample;
        }
        return quantity.of(before);
    }
}
