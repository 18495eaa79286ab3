package io.tributary.scoring;

import io.tributary.core.DeadLetter;
import io.tributary.core.Weights;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * The weights as one subtask sees them: those that have been published, read to the end before the first event, unless the
 * spec says to begin without; and then, on a thread of its own, those that come. The task's thread takes them from its
 * mailbox, as much as one reading brought at a time: one that is held up by its sinks does not gather weights.
 */
final class WeightsFeed implements AutoCloseable {

    private static final Duration GLANCE = Duration.ofMillis(500);
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(2);

    private final EnsembleSpec spec;
    private final String reader;
    private final RecordLog log;
    private final Decoding<Weights> decoding;
    private final Semaphore taken = new Semaphore(0);
    private List<DeadLetter> refused = new ArrayList<>();
    private @Nullable Thread thread;
    private volatile boolean open = true;

    /** What a subtask does about weights, called on the task's thread. */
    interface Follower {

        /** From now on these score, too; oldest first within a partition. */
        void use(List<Weights> newer) throws Exception;

        /** Passes on the dead letter of a record that is none of weights. */
        void refuse(DeadLetter letter);
    }

    /**
     * At the beginning of the log, which it closes when it is closed itself.
     *
     * @param reader who reads
     * @param metrics where it counts what it does not pass on
     */
    WeightsFeed(EnsembleSpec spec, WeightsSource source, String reader, MetricGroup metrics) {
        this.spec = spec;
        this.reader = reader;
        SchemaRegistry registry =
                new SchemaRegistry(spec.registry().url(), spec.registry().properties());
        this.decoding = new Decoding<>(
                WeightsReading.STAGE, PlaneMetrics.of(metrics, spec.ensemble()), new WeightsReading(spec, registry));
        this.log = source.open(spec, reader);
    }

    /**
     * Hands over what the first event is to be scored with, if it has to wait for any.
     *
     * @throws IllegalStateException if the topic's end is not reached in time
     */
    void published(Consumer<Weights> into) {
        if (spec.bootstrap() == EnsembleSpec.Bootstrap.PUBLISHED) {
            log.readToEnd(record -> {
                Weights weights = decoded(record);
                if (weights != null) {
                    into.accept(weights);
                }
            });
        }
    }

    private @Nullable Weights decoded(RawRecord record) {
        return decoding.decode(record, System.currentTimeMillis(), refused::add);
    }

    /** Follows what comes from now on. If it cannot any more, the task fails. */
    void follow(MailboxExecutor mailbox, Follower follower) {
        Thread following = new Thread(
                () -> {
                    try {
                        followLog(mailbox, follower);
                    } finally {
                        log.close();
                    }
                },
                "weights-" + spec.ensemble() + "-" + reader);
        following.setDaemon(true);
        thread = following;
        following.start();
    }

    private void followLog(MailboxExecutor mailbox, Follower follower) {
        try {
            hand(List.of(), mailbox, follower);
            while (open) {
                List<Weights> newer = new ArrayList<>();
                for (RawRecord record : log.read(GLANCE)) {
                    Weights weights = decoded(record);
                    if (weights != null) {
                        newer.add(weights);
                    }
                }
                hand(newer, mailbox, follower);
            }
        } catch (RuntimeException | Error e) {
            if (open) {
                tell(mailbox, () -> fail(e), "weights are not followed any more");
            }
        }
    }

    /** False if the task has ended, and nobody is left to tell. */
    private boolean tell(MailboxExecutor mailbox, ThrowingRunnable<Exception> mail, String about) {
        try {
            mailbox.execute(mail, about);
        } catch (RejectedExecutionException e) {
            open = false;
        }
        return open;
    }

    private void fail(Throwable cause) {
        throw new IllegalStateException(
                "the weights of " + spec.ensemble() + " on topic "
                        + spec.topics().weights() + " cannot be followed any more (" + cause.getMessage()
                        + "); the task starts again and reads them again",
                cause);
    }

    /** Returns once the task has taken them. */
    private void hand(List<Weights> newer, MailboxExecutor mailbox, Follower follower) {
        List<DeadLetter> letters = refused;
        if (newer.isEmpty() && letters.isEmpty()) {
            return;
        }
        refused = new ArrayList<>();
        ThrowingRunnable<Exception> mail = () -> {
            taken.release();
            letters.forEach(follower::refuse);
            follower.use(newer);
        };
        if (tell(mailbox, mail, "weights")) {
            taken.acquireUninterruptibly();
        }
    }

    @Override
    public void close() {
        open = false;
        Thread following = thread;
        if (following == null) {
            log.close();
            return;
        }
        taken.release();
        log.wakeUp();
        try {
            following.join(TIME_TO_STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
