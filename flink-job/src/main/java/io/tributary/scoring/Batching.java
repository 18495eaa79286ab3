package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.spec.EnsembleSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Gathers events into batches. While the members have nothing to do, a batch is one event; while they are at work, those
 * that come in the meantime make up the next one, which is handed over when the members are done, when it is as large as
 * the deadline and the spec allow, or when its first event has lingered long enough. In a rush, when it will be full
 * before that, it fills up though the members have nothing to do, since large batches cost less. Used by the task's thread
 * alone.
 *
 * <p>The steps of a replay in lockstep are gathered by count alone and have no deadline, for what comes of them shall not
 * depend on the machine.
 */
final class Batching {

    /** More of the step will come; only when its player has died does this matter. */
    private static final Duration LINGER_IN_A_STEP = Duration.ofSeconds(30);

    private final Duration linger;
    private final long deadlineMillis;
    private final boolean mayFillUp;
    private final ProcessingTimeService time;
    private final BatchesInFlight inFlight;
    private final BatchLimit limit;
    private ScoreBatch filling;
    private final Alarm lingered;
    private final Rush rush;
    private long lingersUntilMillis;

    /**
     * No event yet.
     *
     * @param emit takes each batch as it leaves
     */
    Batching(
            EnsembleSpec spec,
            MemberThreads members,
            MailboxExecutor mailbox,
            ProcessingTimeService time,
            Consumer<ScoreBatch> emit) {
        this.linger = spec.batch().linger();
        this.deadlineMillis = spec.deadline().toMillis();
        // An event that has waited before has half of the deadline left, and the members need their part of that.
        this.mayFillUp = 4 * linger.toMillis() <= deadlineMillis;
        this.rush = new Rush(linger.toMillis());
        this.time = time;
        this.limit = new BatchLimit(spec.batch().size(), deadlineMillis);
        this.inFlight = new BatchesInFlight(spec, members, mailbox, time, limit, emit, this::dispatchIfIdle);
        this.filling = inFlight.emptyBatch();
        this.lingered = new Alarm(time, this::dispatchLingered);
    }

    /** Takes an event, first waiting for room if the members are behind. */
    void add(Event event) throws Exception {
        boolean isLive = event.step() == null;
        if (!filling.isEmpty() && filling.hasDeadline() != isLive) {
            // Those of a replay in lockstep and others do not share a batch.
            dispatch();
        }
        boolean isFirst = filling.isEmpty();
        if (isFirst) {
            inFlight.awaitRoom();
        }
        long now = time.getCurrentProcessingTime();
        rush.event(now, limit.rows());
        filling.add(event, isLive ? dueMillis(event, now) : ScoreBatch.NEVER);
        if (filling.size() >= (isLive ? limit.rows() : limit.most())
                || (event.step() != null && event.step().isLast())) {
            dispatch();
        } else if (isFirst) {
            lingersUntilMillis = now + (isLive ? linger : LINGER_IN_A_STEP).toMillis();
            dispatchIfIdle();
            setAlarm();
        }
    }

    /**
     * By the deadline after it arrived. One that had to wait longer than half of that before it came here has waited for
     * the machine, not for a member, and has the other half all the same: else whoever works off a backlog would answer
     * everything too late and from nobody.
     */
    private long dueMillis(Event event, long now) {
        long arrived = event.arrivedMillis() > 0 ? Math.min(event.arrivedMillis(), now) : now;
        return Math.max(arrived + deadlineMillis, now + deadlineMillis / 2);
    }

    private void dispatchIfIdle() {
        if (filling.hasDeadline() && !(mayFillUp && rush.isOn()) && inFlight.working() == 0) {
            dispatch();
        }
    }

    private void dispatchLingered(long now) {
        if (now >= lingersUntilMillis) {
            dispatch();
        }
        setAlarm();
    }

    private void setAlarm() {
        if (!filling.isEmpty()) {
            lingered.by(lingersUntilMillis);
        }
    }

    /** Hands what has been gathered to the members. */
    void dispatch() {
        if (filling.isEmpty()) {
            return;
        }
        ScoreBatch batch = filling;
        filling = inFlight.emptyBatch();
        inFlight.dispatch(batch);
    }

    /** Input has ended, and no timers fire from now on: what is left is dispatched at once. */
    void finishing() {
        lingered.off();
        inFlight.finishing();
    }

    /** Waits until all members have answered, up to the deadline. */
    void drain() throws Exception {
        dispatch();
        inFlight.awaitAll();
    }

    /** All events that have not left, in their order. */
    void eventsInto(Collection<? super Event> events) {
        inFlight.eventsInto(events);
        filling.eventsInto(events);
    }

    /** Whether a member is put aside for having missed deadlines. */
    boolean isAside(int member) {
        return inFlight.isAside(member);
    }
}
