package io.tributary.benchmarks.micro;

import io.tributary.app.UserError;
import io.tributary.benchmarks.process.LogTail;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.WarmupMode;

/** A JVM with this one's class path, in which JMH measures one call. */
final class Fork {

    /** As the launcher starts the product. */
    private static final String[] JVM = {"-Xms512m", "-Xmx512m", "-XX:+UseParallelGC"};

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Path log;
    private final Stint warmUp;
    private final Stint measured;

    /** So many iterations of so many milliseconds. */
    record Stint(int iterations, int millis) {}

    /**
     * What an iteration has shown.
     *
     * @param nanos wall-clock time a call
     * @param bytes allocated a call
     */
    record Iteration(double nanos, double bytes) {}

    /**
     * How to measure.
     *
     * @param log what JMH says
     */
    Fork(Path log, Stint warmUp, Stint measured) {
        this.log = log;
        this.warmUp = warmUp;
        this.measured = measured;
    }

    /**
     * Measures in a new JVM.
     *
     * @return what each iteration showed, at least one
     * @throws UserError if the call fails, with what JMH said
     */
    List<Iteration> run(Call call) {
        try {
            Collection<RunResult> results = new Runner(options(call).build()).run();
            return results.stream()
                    .flatMap(each -> each.getBenchmarkResults().stream())
                    .flatMap(each -> each.getIterationResults().stream())
                    .map(Fork::iteration)
                    .toList();
        } catch (RunnerException e) {
            throw new UserError(
                    "JMH could not measure " + call.label() + ": " + e.getMessage() + "; it said last:\n"
                            + LogTail.of(log),
                    e);
        }
    }

    private ChainedOptionsBuilder options(Call call) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(call.pattern())
                .forks(1)
                .jvmArgs(JVM)
                .warmupMode(WarmupMode.INDI)
                .warmupIterations(warmUp.iterations())
                .warmupTime(TimeValue.milliseconds(warmUp.millis()))
                .measurementIterations(measured.iterations())
                .measurementTime(TimeValue.milliseconds(measured.millis()))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .output(log.toString());
        call.parameters().forEach(options::param);
        return options;
    }

    private static Iteration iteration(IterationResult result) {
        Result<?> allocated =
                Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED), ALLOCATED);
        return new Iteration(result.getPrimaryResult().getScore(), allocated.getScore());
    }
}
