package io.tributary.scoring;

/**
 * Where Flink begins a scoring job whose jar holds a spec, on a session cluster or as an application of its own.
 *
 * <p>Arguments, all optional: {@code --bootstrap HOST:PORT} and {@code --registry URL} where the cluster reaches broker
 * and registry at other addresses than the spec says; {@code --checkpoint D}, how often state is saved; and
 * {@code --on-gpu GROUP,…}, which of the slot groups that prefer a GPU get one, none unless named.
 */
public final class ScoringMain {

    private ScoringMain() {}

    /**
     * Runs the job.
     *
     * @throws IllegalStateException if the runtime jar is missing or another version, or there is no spec in the jar
     * @throws IllegalArgumentException if an argument is unknown or wrong
     */
    public static void main(String[] args) throws Exception {
        // Nothing that needs the runtime jar may be loaded before this.
        RuntimeJar.require(ScoringMain.class);
        BundledJob.execute(args);
    }
}
