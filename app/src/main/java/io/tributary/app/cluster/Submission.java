package io.tributary.app.cluster;

import io.tributary.app.UserError;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SlotGroup;
import io.tributary.scoring.ScoringJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops the scoring job of an ensemble on a Flink cluster. */
public final class Submission {

    private static final Logger LOG = LoggerFactory.getLogger(Submission.class);
    private static final String FLINK_LINE = "2.2.";
    private static final Duration TIME_TO_RUN = Duration.ofSeconds(120);
    private static final Duration TIME_TO_STOP = Duration.ofMinutes(10);
    private static final long GLANCE_MILLIS = 250;

    /** Flink tries again and again; what has failed as often as this will not mend itself. */
    private static final int ATTEMPTS = 3;

    private final FlinkCluster flink;

    /** For jobs on the given cluster. */
    public Submission(FlinkCluster flink) {
        this.flink = flink;
    }

    /**
     * Checks what can be known before anything is started.
     *
     * @throws UserError if the cluster is of another version, lacks the runtime jar or slots, or runs the ensemble already
     */
    public void check(EnsembleSpec spec, int parallelism) {
        String version = flink.version();
        if (!version.startsWith(FLINK_LINE)) {
            throw new UserError("Flink at " + flink.url() + " is version " + version + ", must be " + FLINK_LINE + "x");
        }
        if (!flink.hasRuntimeJar()) {
            throw new UserError(
                    FlinkCluster.RUNTIME_JAR + " is not on the class path of the JobManager at " + flink.url()
                            + ": copy runtime/target/" + FlinkCluster.RUNTIME_JAR
                            + " into Flink's lib/ for every JobManager and TaskManager and start them again");
        }
        find(spec).ifPresent(job -> {
            throw new UserError(spec.ensemble() + " runs at " + flink.url() + " already, as job " + job.id() + " ("
                    + job.state() + "): two jobs would answer each event twice. Stop it first: tributary stop "
                    + spec.file() + " --jobmanager " + flink.url());
        });
        if (takesAnySlot(spec)) {
            requireSlots(parallelism);
        }
    }

    /** Slots with stated resources are cut out of what a TaskManager has, and the count of free ones says nothing. */
    private static boolean takesAnySlot(EnsembleSpec spec) {
        return spec.slots().pipeline() == null
                && spec.slots().groups().stream().allMatch(group -> group.resources() == null);
    }

    private void requireSlots(int parallelism) {
        int free = flink.freeSlots();
        if (free < parallelism) {
            throw new UserError("--parallelism is " + parallelism + " and Flink at " + flink.url() + " has " + free
                    + " free slots; start more TaskManagers, stop another job or lower --parallelism");
        }
    }

    /**
     * Settles which slot groups run on a GPU: those that need one, and those that prefer one as far as GPUs are free, in
     * the order of the spec. Each subtask's slot takes one.
     *
     * @return the same spec with no group left that merely prefers one
     * @throws UserError if fewer are free than are needed: the job would wait for slots that never come
     */
    public EnsembleSpec settleGpus(EnsembleSpec spec, int parallelism) {
        int needed = spec.slots().onGpu().size() * parallelism;
        List<SlotGroup> preferring = spec.slots().preferringGpu();
        if (needed == 0 && preferring.isEmpty()) {
            return spec;
        }
        int free = flink.freeGpus();
        if (free < needed) {
            throw new UserError(
                    "slot groups "
                            + String.join(", ", new TreeSet<>(spec.slots().onGpu()))
                            + " have gpu: 1, which at --parallelism " + parallelism + " takes " + needed
                            + " GPUs, and the"
                            + " TaskManagers of Flink at " + flink.url() + " have " + free
                            + " free; start TaskManagers with"
                            + " external-resources: gpu (deploy/README.md says how), lower --parallelism, or write gpu: preferred");
        }
        Set<String> onGpu = new HashSet<>();
        int left = free - needed;
        for (SlotGroup group : preferring) {
            if (left >= parallelism) {
                left -= parallelism;
                onGpu.add(group.name());
            }
        }
        return spec.onGpu(onGpu);
    }

    /** The job of an ensemble that has not ended, be it by another version of its spec. */
    public Optional<FlinkCluster.Job> find(EnsembleSpec spec) {
        return flink.jobs().stream()
                .filter(job -> ScoringJob.isOf(spec, job.name()) && !job.hasEnded())
                .findFirst();
    }

    /**
     * Starts a job and returns its id.
     *
     * @param jar the job's jar with the spec in it
     * @param arguments for its main class
     * @param savepoint what to start from; null to start anew
     * @param drained whether the savepoint was drained, and may hold the empty state of operators that this job lacks
     * @throws UserError if Flink does not take it
     */
    public String start(
            Path jar, List<String> arguments, int parallelism, @Nullable String savepoint, boolean drained) {
        String uploaded = flink.upload(jar);
        try {
            return flink.run(uploaded, arguments, parallelism, savepoint, drained);
        } finally {
            delete(uploaded);
        }
    }

    /** A jar left behind takes room and does no harm: whether the job runs is what matters. */
    private void delete(String uploaded) {
        try {
            flink.deleteJar(uploaded);
        } catch (UserError | RestClient.RefusedException e) {
            LOG.warn("the uploaded jar {} cannot be deleted at {}: {}", uploaded, flink.url(), e.getMessage());
        }
    }

    /**
     * Waits until all of a job's tasks are running. A job that does not get there is cancelled.
     *
     * @throws UserError if it fails, with the root cause, or takes too long
     */
    public void awaitRunning(String job) throws InterruptedException {
        long deadline = System.nanoTime() + TIME_TO_RUN.toNanos();
        while (true) {
            FlinkCluster.Progress progress = flink.progress(job);
            if (progress.state().equals("RUNNING") && progress.allRunning()) {
                return;
            }
            List<String> failures = flink.failures(job);
            boolean ended = new FlinkCluster.Job(job, "", progress.state()).hasEnded();
            boolean late = System.nanoTime() > deadline;
            if (ended || late || failures.size() >= ATTEMPTS) {
                if (!ended) {
                    flink.cancel(job);
                }
                throw new UserError(
                        "job " + job + (late ? " does not run after " + TIME_TO_RUN.toSeconds() + " s" : " failed")
                                + (ended ? "" : " and was cancelled")
                                + (failures.isEmpty()
                                        ? "; no task says why: has Flink the slots that the spec asks for? The JobManager's log says more"
                                        : ": " + failures.get(failures.size() - 1)));
            }
            Thread.sleep(GLANCE_MILLIS);
        }
    }

    /**
     * Stops a job with a savepoint.
     *
     * @param folder for the savepoint, as the cluster sees it; null for the one that the cluster is configured with
     * @param drain whether intake stops first and all that is in flight is scored, so that another graph can go on
     * @return the savepoint, for the next start
     * @throws UserError if there is no such job, or the savepoint fails; then the job goes on
     */
    public String stop(String job, @Nullable String folder, boolean drain) throws InterruptedException {
        try {
            String request = flink.requestStop(job, folder, drain);
            long deadline = System.nanoTime() + TIME_TO_STOP.toNanos();
            Patience patience = new Patience();
            while (System.nanoTime() < deadline) {
                var result = patience.ask(() -> flink.stopResult(job, request));
                if (result != null && result.has("location")) {
                    awaitEnd(job, deadline);
                    return result.path("location").asText();
                }
                if (result != null) {
                    throw new UserError("job " + job + " did not stop: "
                            + RootCause.of(result.path("failure-cause")
                                    .path("stack-trace")
                                    .asText()));
                }
                Thread.sleep(GLANCE_MILLIS);
            }
            throw new UserError("job " + job + " has not stopped after " + TIME_TO_STOP.toMinutes()
                    + " minutes; its checkpoints are too slow, see " + flink.url());
        } catch (RestClient.RefusedException e) {
            throw new UserError("job " + job + " cannot be stopped: " + e.reason(), e);
        }
    }

    /**
     * The savepoint is there a moment before the job has gone, and until then its slots are taken. Never fails, or nobody
     * would be told of the savepoint: an application's JobManager goes with its job.
     */
    private void awaitEnd(String job, long deadline) {
        Patience patience = new Patience();
        try {
            boolean ended = false;
            while (!ended && System.nanoTime() < deadline) {
                FlinkCluster.Progress progress = patience.ask(() -> flink.progress(job));
                ended = progress != null && new FlinkCluster.Job(job, "", progress.state()).hasEnded();
                Thread.sleep(GLANCE_MILLIS);
            }
        } catch (UserError | RestClient.RefusedException e) {
            LOG.debug("job {} is no longer known", job, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets some questions in a row go without an answer. */
    private static final class Patience {

        private int unanswered;

        /**
         * Asks a JobManager something.
         *
         * @return null if it does not answer, this once
         * @throws UserError if it has not answered several times
         */
        <T> @Nullable T ask(Supplier<@Nullable T> question) {
            try {
                T answer = question.get();
                unanswered = 0;
                return answer;
            } catch (UserError e) {
                if (++unanswered >= ATTEMPTS) {
                    throw e;
                }
                return null;
            }
        }
    }
}
