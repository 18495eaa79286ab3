package io.tributary.scoring;

import io.tributary.core.Event;
import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.MissingReason;
import io.tributary.core.predict.EventScores;
import io.tributary.core.spec.EnsembleSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Some events on their way through the members. The task thread fills it and reads the answers; in between each member's
 * thread writes its own row of scores and its own failure, and hands them over by its state. What a member says once its
 * state is closed is not read any more, and the batch, in which it may still write, is used again once its call has ended.
 */
final class ScoreBatch {

    /** In place of the time at which it must leave: there is no deadline. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int WAITING = 0;
    private static final int ANSWERED = 1;
    private static final int CLOSED = 2;

    /** What a member's answer means to its batch. */
    enum Answer {
        /** Others are still waited for. */
        ONE_OF_SEVERAL,
        /** The batch is complete. */
        LAST,
        /** Nobody waits for it any more. */
        LATE
    }

    private final FeatureBatch features;
    private final List<Event> events;
    private final double[][] scores;
    private final @Nullable MissingReason[] failures;
    private final boolean[][] failedRows;
    private final AtomicIntegerArray states;
    private final @Nullable MissingReason[] leftOut;
    private final boolean[] trials;
    private final BatchTimes times;
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private long dueMillis = NEVER;
    private long number;
    private boolean complete;

    /** An empty batch that will be reused. */
    ScoreBatch(EnsembleSpec spec) {
        int capacity = spec.batch().size();
        int members = spec.members().size();
        this.features = new FeatureBatch(capacity, spec.features().width());
        this.events = new ArrayList<>(capacity);
        this.scores = new double[members][capacity * spec.scoreWidth()];
        this.failures = new MissingReason[members];
        this.failedRows = new boolean[members][capacity];
        this.leftOut = new MissingReason[members];
        this.trials = new boolean[members];
        this.times = new BatchTimes(members);
        this.states = new AtomicIntegerArray(members);
    }

    /**
     * Takes an event, of whose row it makes a copy: that may be used again.
     *
     * @param latestMillis when it must leave; {@link #NEVER} if it may wait as long as it takes
     */
    void add(Event event, long latestMillis) {
        features.add(event.features());
        events.add(event);
        dueBy(latestMillis);
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** Its events, all but their rows, which may be those of other events by now: {@link #features} has them. */
    List<Event> events() {
        return events;
    }

    /** Adds its events with rows of their own. */
    void eventsInto(Collection<? super Event> into) {
        for (int row = 0; row < events.size(); row++) {
            into.add(events.get(row).with(features.row(row)));
        }
    }

    FeatureBatch features() {
        return features;
    }

    /** Makes it leave by the given time, if it is not due earlier. */
    void dueBy(long latestMillis) {
        dueMillis = Math.min(dueMillis, latestMillis);
    }

    /** When it must leave; {@link #NEVER} if its events may wait as long as it takes. */
    long dueMillis() {
        return dueMillis;
    }

    /** Whether its events are to leave by a deadline. */
    boolean hasDeadline() {
        return dueMillis != NEVER;
    }

    /** Its place in the order of dispatch. */
    long number() {
        return number;
    }

    /** Gets ready to be handed to the members, by their roles, as the given one in the order of dispatch. */
    void dispatched(MemberHealth.Role[] roles, long nth) {
        number = nth;
        int count = 0;
        for (int k = 0; k < roles.length; k++) {
            boolean isTrial = roles[k] == MemberHealth.Role.TRIAL;
            leftOut[k] = MissingReason.PUT_ASIDE;
            states.set(k, roles[k] == MemberHealth.Role.ASIDE ? CLOSED : WAITING);
            trials[k] = isTrial;
            count += roles[k] == MemberHealth.Role.MEMBER ? 1 : 0;
        }
        unanswered.set(count);
        complete = count == 0;
    }

    /** How many events are in it. */
    int size() {
        return events.size();
    }

    /** Whether a member's answer is still waited for. */
    boolean isWaitingFor(int member) {
        return states.get(member) == WAITING;
    }

    /** Whether it cannot leave before a member has answered. */
    boolean isAwaiting(int member) {
        return isWaitingFor(member) && !trials[member];
    }

    /** Whether a member has answered in time. */
    boolean isAnsweredBy(int member) {
        return states.get(member) == ANSWERED;
    }

    /** Whether it waits for nobody. */
    boolean isComplete() {
        return complete;
    }

    /** All members that were asked have answered. */
    void complete() {
        complete = true;
    }

    /** Waits no longer: who has not answered by now is late, and may still write in it. */
    void close() {
        for (int k = 0; k < scores.length; k++) {
            if (states.compareAndSet(k, WAITING, CLOSED)) {
                leftOut[k] = trials[k] ? MissingReason.PUT_ASIDE : MissingReason.LATE;
            }
        }
        complete = true;
    }

    /** When it was where. */
    BatchTimes times() {
        return times;
    }

    /** Whether any member has answered in time. */
    boolean isAnswered() {
        boolean any = false;
        for (int k = 0; k < scores.length; k++) {
            any |= isAnsweredBy(k);
        }
        return any;
    }

    /** Whether a member was late. */
    boolean isLate(int member) {
        return states.get(member) == CLOSED && leftOut[member] == MissingReason.LATE;
    }

    /** A member is to be called with it. */
    void calling() {
        calls.incrementAndGet();
    }

    /** A call of a member has ended, or will not be made. */
    void called() {
        calls.decrementAndGet();
    }

    /** Whether no member reads it or writes in it any more. */
    boolean isReusable() {
        return calls.get() == 0;
    }

    /** Where a member writes its scores, as many numbers a row as a score has. */
    double[] scoresOf(int member) {
        return scores[member];
    }

    /** Where a member's thread notes the rows on which it failed. */
    boolean[] failedRowsOf(int member) {
        return failedRows[member];
    }

    /**
     * Notes that a member is done.
     *
     * @param failure why it has no scores; null if it has
     * @return what that means
     */
    Answer answered(int member, @Nullable MissingReason failure) {
        failures[member] = failure;
        if (!states.compareAndSet(member, WAITING, ANSWERED)) {
            return Answer.LATE;
        }
        return !trials[member] && unanswered.decrementAndGet() == 0 ? Answer.LAST : Answer.ONE_OF_SEVERAL;
    }

    /** Why a member has no score for an event, as far as that is not to be seen from the score; null if it has one. */
    private @Nullable MissingReason failureOf(int member, int row) {
        if (!isAnsweredBy(member)) {
            return leftOut[member];
        }
        return failedRows[member][row] ? MissingReason.ERROR : failures[member];
    }

    /** What the members said of an event. */
    void answersInto(EventScores answers, int row) {
        for (int k = 0; k < scores.length; k++) {
            answers.take(k, scores[k], row, failureOf(k, row));
        }
    }

    void clear() {
        features.clear();
        events.clear();
        dueMillis = NEVER;
    }
}
