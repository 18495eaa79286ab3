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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
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
 * The open members. Each takes batches in the order in which they were dispatched, and passes over those that no longer
 * wait for it. There is a thread for each of them; while all answer quickly one has the work of all, and the others come
 * back as soon as a call does not return. Closed, a member in a call is closed by the call's thread: never under the call,
 * and so late, but surely, if that hangs.
 */
final class MemberThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MemberThreads.class);
    private static final int SECONDS_TO_FINISH = 2;
    private static final int FAILURES_LOGGED = 5;

    private final List<Slot> slots = new ArrayList<>();
    private final ThreadPoolExecutor threads;
    private final ThreadsNeeded needed = new ThreadsNeeded();
    private final int most;
    private long seenCompleted = -1;
    private boolean forGood;

    private MemberThreads(EnsembleSpec spec) {
        AtomicInteger number = new AtomicInteger();
        this.most = spec.members().size();
        this.threads = new ThreadPoolExecutor(most, most, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "member-" + spec.ensemble() + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** One member and its calls. */
    private static final class Slot {
        private final String name;
        private final Member member;
        private final RowIsolation isolation;
        private final CallQueue calls;
        private final CountDownLatch closed = new CountDownLatch(1);
        private final AtomicInteger given = new AtomicInteger();
        private final LongAdder lateAnswers = new LongAdder();
        private volatile long lastTookMillis;
        private int failures;

        Slot(String name, Member member, MemberSetup setup, Executor threads) {
            this.name = name;
            this.member = member;
            this.isolation = new RowIsolation(setup);
            this.calls = new CallQueue(threads, this::closeMember);
        }

        private void closeMember() {
            try {
                member.close();
            } catch (RuntimeException | Error e) {
                // A native library may fail in its own way, and the other members are closed all the same.
                LOG.warn("member {} did not close", name, e);
            } finally {
                closed.countDown();
            }
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
                        () -> batch.isWaitingFor(k) && !calls.isClosed());
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
        MemberThreads threads = new MemberThreads(spec);
        try {
            for (MemberSpec member : spec.members()) {
                Member opened = loader.open(member, spec.memberSetup());
                threads.slots.add(new Slot(member.name(), opened, spec.memberSetup(), threads.threads));
            }
            return threads;
        } catch (RuntimeException | Error e) {
            threads.close();
            throw e;
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
            batch.calling();
            long givenNanos = System.nanoTime();
            slot.calls.add(() -> {
                try {
                    slot.answer(batch, member, whenAnswered);
                } catch (VirtualMachineError e) {
                    whenBroken.accept(e);
                } finally {
                    slot.lastTookMillis = (System.nanoTime() - givenNanos) / 1_000_000;
                    slot.given.decrementAndGet();
                    batch.called();
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

    /** A batch has left; told so that no more threads are kept than it takes. */
    void left(ScoreBatch batch) {
        boolean byAll = true;
        long tookMicros = 0;
        for (int k = 0; k < most; k++) {
            byAll &= batch.isAnsweredBy(k);
            tookMicros += batch.times().tookMicros(k);
        }
        if (byAll) {
            needed.answered(tookMicros, System.nanoTime());
        } else {
            needed.all();
        }
        setThreads();
    }

    /** Gives every member a thread if calls wait and none has returned since this was called before. */
    void widenIfStuck() {
        long completed = threads.getCompletedTaskCount();
        if (completed == seenCompleted && !threads.getQueue().isEmpty()) {
            widen();
        }
        seenCompleted = completed;
    }

    /** Gives every member a thread. */
    void widen() {
        needed.all();
        setThreads();
    }

    /** Gives every member a thread and leaves it to them: from now on nobody looks whether one is stuck. */
    void widenForGood() {
        forGood = true;
        setThreads();
    }

    private void setThreads() {
        int wanted = needed.isOne() && !forGood ? 1 : most;
        if (threads.getCorePoolSize() != wanted) {
            threads.setCorePoolSize(wanted);
        }
    }

    /** Stops the threads and closes the members; one whose call does not return is closed when it does. */
    @Override
    public void close() {
        slots.forEach(slot -> slot.calls.close());
        // Those whose turn would have come close their members, and may take their time.
        List<Runnable> waiting = threads.shutdownNow();
        Thread closing = new Thread(() -> waiting.forEach(Runnable::run), "close-members");
        closing.setDaemon(true);
        closing.start();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_FINISH);
        try {
            for (Slot slot : slots) {
                if (!slot.closed.await(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
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
