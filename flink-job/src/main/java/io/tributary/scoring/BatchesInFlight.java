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
 * each once all members that were asked have answered it, or its deadline has come, and those before it have left. One
 * that is due before those ahead of it makes these due, too. Used by the task's thread alone.
 */
final class BatchesInFlight {

    private static final Logger LOG = LoggerFactory.getLogger(BatchesInFlight.class);

    /** Enough for the members to work while the task thread fuses and fills; more would only add waiting. */
    private static final int MOST_BATCHES = 4;

    /** In two looks out of so many within the deadline it shows that a member hangs, and others do not wait for it. */
    private static final int LOOKS = 32;

    private final EnsembleSpec spec;
    private final long deadlineMillis;
    private final MemberThreads members;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService time;
    private final BatchLimit limit;
    private final Consumer<ScoreBatch> emit;
    private final Runnable whenSomeLeft;
    private final Deque<ScoreBatch> batches = new ArrayDeque<>();
    private final BatchPool left;
    private final MemberHealth[] health;
    private final MemberHealth.Role[] roles;
    private final Progress[] progress;
    private long dispatched;
    private final Alarm due;
    private final Alarm look;
    private final long lookMillis;
    private boolean finishing;
    private volatile boolean awaitingRoom;

    /**
     * None yet.
     *
     * @param limit told of how long the members took
     * @param emit takes each batch as it leaves
     * @param whenSomeLeft called after batches have left
     */
    BatchesInFlight(
            EnsembleSpec spec,
            MemberThreads members,
            MailboxExecutor mailbox,
            ProcessingTimeService time,
            BatchLimit limit,
            Consumer<ScoreBatch> emit,
            Runnable whenSomeLeft) {
        this.spec = spec;
        this.deadlineMillis = spec.deadline().toMillis();
        this.members = members;
        this.mailbox = mailbox;
        this.time = time;
        this.limit = limit;
        this.emit = emit;
        this.whenSomeLeft = whenSomeLeft;
        this.left = new BatchPool(spec);
        this.due = new Alarm(time, this::expireDue);
        this.lookMillis = Math.max(1, deadlineMillis / LOOKS);
        this.look = new Alarm(time, this::look);
        int count = spec.members().size();
        this.health = new MemberHealth[count];
        Arrays.setAll(health, k -> new MemberHealth(deadlineMillis));
        this.roles = new MemberHealth.Role[count];
        this.progress = new Progress[count];
        Arrays.setAll(progress, k -> new Progress(lookMillis, deadlineMillis / 2));
    }

    /** A batch without events. */
    ScoreBatch emptyBatch() {
        return left.take();
    }

    /** Hands a batch to the members that are not put aside. */
    void dispatch(ScoreBatch batch) {
        long now = time.getCurrentProcessingTime();
        for (int k = 0; k < roles.length; k++) {
            roles[k] = health[k].role(now, members.isIdle(k), members.lastTookMillis(k));
        }
        batch.dispatched(roles, dispatched++);
        batch.times().handed(now, System.nanoTime());
        for (ScoreBatch earlier : batches) {
            if (earlier.hasDeadline()) {
                earlier.dueBy(batch.dueMillis());
            }
        }
        batches.add(batch);
        members.dispatch(batch, roles, this::answered, this::broken);
        look.by(now + lookMillis);
        // If all are put aside there is nobody to wait for.
        emitComplete();
    }

    /** It also wakes the mailbox of who waits for room, should no member answer. */
    private void look(long now) {
        if (!batches.isEmpty()) {
            members.widenIfStuck();
            look.by(now + lookMillis);
        }
    }

    /**
     * How many batches a member is at work on. One that has answered nothing for several times as long as it takes does
     * not count: it may hang, and what comes after it must still be in time.
     */
    int working() {
        long now = time.getCurrentProcessingTime();
        int most = 0;
        for (int k = 0; k < progress.length; k++) {
            most = Math.max(most, owedBy(k, now));
        }
        return most;
    }

    private int owedBy(int member, long now) {
        int owed = 0;
        long oldest = -1;
        for (ScoreBatch batch : batches) {
            if (batch.isAwaiting(member)) {
                oldest = owed == 0 ? batch.number() : oldest;
                owed++;
            }
        }
        return progress[member].isStuck(oldest, now) ? 0 : owed;
    }

    /** Waits until the members can be given another batch, which is how Flink's backpressure begins. */
    void awaitRoom() throws Exception {
        if (working() < MOST_BATCHES) {
            return;
        }
        long since = System.nanoTime();
        awaitingRoom = true;
        while (working() >= MOST_BATCHES) {
            await(since);
        }
        awaitingRoom = false;
    }

    /** Waits until no batch is left, at most the deadline once no timers fire. */
    void awaitAll() throws Exception {
        long since = System.nanoTime();
        while (!batches.isEmpty()) {
            await(since);
        }
    }

    /** Only here does the task thread wait for members: never in a timer, and never at a checkpoint. */
    private void await(long sinceNanos) throws Exception {
        if (!finishing) {
            mailbox.yield();
        } else if (!mailbox.tryYield()) {
            ScoreBatch first = batches.element();
            if (first.hasDeadline()
                    && System.nanoTime() - sinceNanos >= spec.deadline().toNanos()) {
                expire(first);
            } else {
                Thread.sleep(1);
            }
        }
    }

    /** No timers fire from now on. */
    void finishing() {
        finishing = true;
        due.off();
        look.off();
        members.widenForGood();
    }

    private void watchDeadline() {
        ScoreBatch first = batches.peek();
        if (first != null && first.hasDeadline()) {
            due.by(first.dueMillis());
        }
    }

    private void expireDue(long now) {
        for (ScoreBatch each = batches.peek(); each != null && each.dueMillis() <= now; each = batches.peek()) {
            expire(each);
        }
        watchDeadline();
    }

    /** Lets the first batch go without those who have not answered it. */
    private void expire(ScoreBatch first) {
        first.close();
        emitComplete();
    }

    private void answered(ScoreBatch batch, ScoreBatch.Answer answer) {
        if (answer == ScoreBatch.Answer.LAST) {
            long number = batch.number();
            inMailbox(() -> {
                // It may have left by its deadline meanwhile, and be on its way again with other events.
                if (batch.number() == number) {
                    batch.complete();
                    emitComplete();
                }
            });
        } else if (awaitingRoom) {
            // There may be room now, if those who have not answered do not count.
            inMailbox(() -> {});
        }
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
        boolean anyLeft = false;
        for (ScoreBatch first = batches.peek(); first != null && first.isComplete(); first = batches.peek()) {
            first.close();
            first.times().left(first::isAnsweredBy, System.nanoTime());
            emit.accept(first);
            batches.remove();
            note(first);
            members.left(first);
            left.add(first);
            anyLeft = true;
        }
        watchDeadline();
        if (anyLeft) {
            whenSomeLeft.run();
        }
    }

    private void note(ScoreBatch batch) {
        long slowest = 0;
        for (int k = 0; k < health.length; k++) {
            if (batch.isAnsweredBy(k)) {
                health[k].answered();
                progress[k].answered(batch.times().tookMicros(k));
                slowest = Math.max(slowest, members.lastTookMillis(k));
            } else if (batch.isLate(k) && batch.isAnswered()) {
                // Where nobody has answered it may have been a pause of the whole process.
                missed(k);
            }
        }
        if (batch.hasDeadline()) {
            limit.answered(batch.size(), slowest);
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
        batches.forEach(batch -> batch.eventsInto(events));
    }
}
