package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.spec.EnsembleSpec;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.function.ThrowingRunnable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batches that are with the members, in the order in which their events came, which is the order in which they leave:
 * each once all members that were asked have answered it, or its deadline has come, and those before it have left. Since
 * those before it are due earlier, the order makes no event late. Used by the task's thread alone.
 */
final class BatchesInFlight {

    private static final Logger LOG = LoggerFactory.getLogger(BatchesInFlight.class);

    private final EnsembleSpec spec;
    private final long deadlineMillis;
    private final MemberThreads members;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService time;
    private final Consumer<ScoreBatch> emit;
    private final Deque<ScoreBatch> batches = new ArrayDeque<>();
    private final Deque<ScoreBatch> free = new ArrayDeque<>();
    private final MemberHealth[] health;
    private final MemberHealth.Role[] roles;
    private boolean deadlineIsWatched;
    private boolean finishing;

    /**
     * None yet.
     *
     * @param emit takes each batch as it leaves
     */
    BatchesInFlight(
            EnsembleSpec spec,
            MemberThreads members,
            MailboxExecutor mailbox,
            ProcessingTimeService time,
            Consumer<ScoreBatch> emit) {
        this.spec = spec;
        this.deadlineMillis = spec.deadline().toMillis();
        this.members = members;
        this.mailbox = mailbox;
        this.time = time;
        this.emit = emit;
        this.health = new MemberHealth[spec.members().size()];
        Arrays.setAll(health, k -> new MemberHealth(deadlineMillis));
        this.roles = new MemberHealth.Role[health.length];
    }

    /** A batch without events. */
    ScoreBatch emptyBatch() {
        ScoreBatch batch = free.poll();
        return batch != null ? batch : new ScoreBatch(spec);
    }

    /** Hands a batch to the members that are not put aside. */
    void dispatch(ScoreBatch batch) {
        long now = time.getCurrentProcessingTime();
        for (int k = 0; k < roles.length; k++) {
            roles[k] = health[k].role(now, members.isIdle(k), members.lastTookMillis(k));
        }
        batch.dispatched(roles);
        batches.add(batch);
        members.dispatch(batch, roles, this::answered, this::broken);
        // If all are put aside there is nobody to wait for.
        emitComplete();
    }

    /**
     * Waits until no more than so many batches are left. Only here does the task thread wait for members: never in a
     * timer, and never at a checkpoint.
     */
    void awaitAtMost(int most) throws Exception {
        long since = System.nanoTime();
        while (batches.size() > most) {
            if (!finishing) {
                mailbox.yield();
            } else if (!mailbox.tryYield()) {
                ScoreBatch first = batches.element();
                if (first.hasDeadline()
                        && System.nanoTime() - since >= spec.deadline().toNanos()) {
                    expire(first);
                } else {
                    Thread.sleep(1);
                }
            }
        }
    }

    /** No timers fire from now on. */
    void finish() {
        finishing = true;
    }

    /** One timer at a time watches the batch that came first; those behind it are due later. */
    private void watchDeadline() {
        ScoreBatch first = batches.peek();
        if (deadlineIsWatched || finishing || first == null || !first.hasDeadline()) {
            return;
        }
        deadlineIsWatched = true;
        time.registerTimer(first.arrivedMillis() + deadlineMillis, now -> {
            deadlineIsWatched = false;
            for (ScoreBatch each = batches.peek(); each != null && isDue(each, now); each = batches.peek()) {
                expire(each);
            }
            watchDeadline();
        });
    }

    private boolean isDue(ScoreBatch batch, long now) {
        return batch.hasDeadline() && batch.arrivedMillis() + deadlineMillis <= now;
    }

    /** Lets the first batch go without those who have not answered it. */
    private void expire(ScoreBatch first) {
        first.close();
        emitComplete();
    }

    private void answered(ScoreBatch batch) {
        inMailbox(() -> {
            batch.complete();
            emitComplete();
        });
    }

    private void broken(Throwable failure) {
        inMailbox(() -> {
            throw new IllegalStateException("a member broke the process", failure);
        });
    }

    /** Called on members' threads. */
    private void inMailbox(ThrowingRunnable<? extends Exception> action) {
        try {
            mailbox.execute(action, "member answered");
        } catch (RejectedExecutionException e) {
            LOG.debug("an answer came after the task had ended", e);
        }
    }

    private void emitComplete() {
        for (ScoreBatch first = batches.peek(); first != null && first.isComplete(); first = batches.peek()) {
            first.leave();
            emit.accept(first);
            batches.remove();
            note(first);
            if (first.isReusable()) {
                first.clear();
                free.add(first);
            }
        }
        watchDeadline();
    }

    private void note(ScoreBatch batch) {
        for (int k = 0; k < health.length; k++) {
            if (batch.isAnsweredBy(k)) {
                health[k].answered();
            } else if (batch.isLate(k) && batch.isAnswered()) {
                // Where nobody has answered it may have been a pause of the whole process.
                missed(k);
            }
        }
    }

    private void missed(int member) {
        boolean wasAside = health[member].isAside();
        health[member].missed(time.getCurrentProcessingTime());
        if (!wasAside && health[member].isAside()) {
            LOG.warn(
                    "member {} missed the deadline of {} batches in a row and is put aside; it is tried again from time"
                            + " to time",
                    spec.members().get(member).name(),
                    MemberHealth.MISSES);
        }
    }

    /** Whether a member is put aside for having missed deadlines. */
    boolean isAside(int member) {
        return health[member].isAside();
    }

    /** All events that have not left, in their order. */
    void eventsInto(Collection<? super Event> events) {
        batches.forEach(batch -> events.addAll(batch.events()));
    }
}
