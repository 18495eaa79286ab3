package io.tributary.scoring;

import io.tributary.core.member.Member;
import io.tributary.core.member.MemberLoader;
import io.tributary.core.member.MemberSetup;
import io.tributary.core.member.MissingReason;
import io.tributary.core.member.RowIsolation;
import io.tributary.core.member.WrongShapeException;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.MemberSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open members, each with a thread of its own that takes batches in the order in which they were dispatched, and
 * passes over those that no longer wait for it. Closed, a member's thread closes the member as its last act: never under
 * a call that is running, and so late, but surely, if that call hangs.
 */
final class MemberThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MemberThreads.class);
    private static final int SECONDS_TO_FINISH = 2;
    private static final int FAILURES_LOGGED = 5;

    private final List<Slot> slots = new ArrayList<>();

    /** One member and its thread. */
    private static final class Slot {
        private final String name;
        private final Member member;
        private final RowIsolation isolation;
        private final ExecutorService thread;
        private final AtomicInteger given = new AtomicInteger();
        private final LongAdder lateAnswers = new LongAdder();
        private volatile long lastTookMillis;
        private int failures;

        Slot(String name, Member member, MemberSetup setup, ExecutorService thread) {
            this.name = name;
            this.member = member;
            this.isolation = new RowIsolation(setup);
            this.thread = thread;
        }

        void answer(ScoreBatch batch, int k, BiConsumer<ScoreBatch, ScoreBatch.Answer> whenAnswered) {
            if (!batch.isWaitingFor(k)) {
                return;
            }
            long sinceNanos = System.nanoTime();
            MissingReason failure = score(batch, k);
            batch.times().took(k, System.nanoTime() - sinceNanos);
            ScoreBatch.Answer answer = batch.answered(k, failure);
            if (answer == ScoreBatch.Answer.LATE) {
                lateAnswers.increment();
            } else {
                whenAnswered.accept(batch, answer);
            }
        }

        /** Scores that the member does not write are missing, and not those of the batch before. */
        @Nullable
        MissingReason score(ScoreBatch batch, int k) {
            try {
                Throwable failure = isolation.score(
                        member,
                        batch.features(),
                        batch.scoresOf(k),
                        batch.failedRowsOf(k),
                        () -> batch.isWaitingFor(k) && !thread.isShutdown());
                if (failure != null) {
                    log(failure, batch);
                }
                return null;
            } catch (WrongShapeException e) {
                log(e, batch);
                return MissingReason.ofFailure(e);
            }
        }

        private void log(Throwable failure, ScoreBatch batch) {
            if (failures++ < FAILURES_LOGGED) {
                LOG.warn(
                        "member {} failed on a batch of {}",
                        name,
                        batch.features().rows(),
                        failure);
            }
        }
    }

    /**
     * Opens all members.
     *
     * @throws io.tributary.core.member.MemberException if one cannot be opened; then those before it are closed
     */
    static MemberThreads open(EnsembleSpec spec, MemberLoader loader) {
        MemberThreads threads = new MemberThreads();
        try {
            for (MemberSpec member : spec.members()) {
                Member opened = loader.open(member, spec.memberSetup());
                threads.slots.add(new Slot(
                        member.name(),
                        opened,
                        spec.memberSetup(),
                        new MemberThread(spec.ensemble() + "-" + member.name(), opened)));
            }
            return threads;
        } catch (RuntimeException | Error e) {
            threads.close();
            throw e;
        }
    }

    /** Closes its member once no call to it is left, nor will come. */
    private static final class MemberThread extends ThreadPoolExecutor {
        private final Member member;

        MemberThread(String name, Member member) {
            super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "member-" + name);
                thread.setDaemon(true);
                return thread;
            });
            this.member = member;
        }

        @Override
        protected void terminated() {
            try {
                member.close();
            } catch (RuntimeException e) {
                LOG.warn("a member did not close", e);
            }
        }
    }

    /**
     * Hands a batch to the members that are not put aside.
     *
     * @param whenAnswered called on a member's thread when it has answered, unless it is late
     * @param whenBroken called on a member's thread on a failure that the process cannot survive
     */
    void dispatch(
            ScoreBatch batch,
            MemberHealth.Role[] roles,
            BiConsumer<ScoreBatch, ScoreBatch.Answer> whenAnswered,
            Consumer<Throwable> whenBroken) {
        for (int k = 0; k < slots.size(); k++) {
            if (roles[k] == MemberHealth.Role.ASIDE) {
                continue;
            }
            int member = k;
            Slot slot = slots.get(k);
            slot.given.incrementAndGet();
            long givenNanos = System.nanoTime();
            slot.thread.execute(() -> {
                try {
                    slot.answer(batch, member, whenAnswered);
                } catch (VirtualMachineError e) {
                    whenBroken.accept(e);
                } finally {
                    slot.lastTookMillis = (System.nanoTime() - givenNanos) / 1_000_000;
                    slot.given.decrementAndGet();
                }
            });
        }
    }

    /** Whether a member has nothing to do. */
    boolean isIdle(int member) {
        return slots.get(member).given.get() == 0;
    }

    /** How long a member took for the last batch that it was given, from when it was given it. */
    long lastTookMillis(int member) {
        return slots.get(member).lastTookMillis;
    }

    /** How many batches a member has answered after they had left without it. */
    long lateAnswers(int member) {
        return slots.get(member).lateAnswers.sum();
    }

    /** Stops the threads and closes the members; one whose call does not return is closed when it does. */
    @Override
    public void close() {
        slots.forEach(slot -> slot.thread.shutdownNow());
        try {
            for (Slot slot : slots) {
                if (!slot.thread.awaitTermination(SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
                    LOG.warn(
                            "member {} did not finish within {} s and stays open until it does",
                            slot.name,
                            SECONDS_TO_FINISH);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("interrupted while members were closing; they close by themselves");
        }
    }
}
