package io.tributary.dashboard.live;

import io.tributary.core.member.MissingReason;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Whether one member answers: of the last ten seconds how often and how fast, and since when not at all. */
final class Answers {

    /** So many unanswered in a row, over so long, are no accident. */
    private static final int SILENT_EVENTS = 3;

    private static final long SILENT_MILLIS = 1000;
    private static final long KEPT_SECONDS = 10;

    private final Deque<Slice> slices = new ArrayDeque<>();
    private long unanswered;
    private long unansweredSince;
    private long newestMillis;
    private @Nullable String newestReason;

    private static final class Slice {
        private final long second;
        private long asked;
        private long answered;
        private final Quantiles took = new Quantiles();

        private Slice(long second) {
            this.second = second;
        }
    }

    /**
     * Takes what became of the next event.
     *
     * @param reason why its answer is missing; null if it answered
     * @param tookMicros how long it took; −1 if that is unknown
     */
    void take(long processingMillis, @Nullable String reason, long tookMicros) {
        Slice slice = slice(Math.floorDiv(processingMillis, 1000L));
        slice.asked++;
        newestMillis = processingMillis;
        newestReason = reason;
        if (reason != null) {
            unansweredSince = unanswered == 0 ? processingMillis : Math.min(unansweredSince, processingMillis);
            unanswered++;
            return;
        }
        unanswered = 0;
        slice.answered++;
        if (tookMicros >= 0) {
            slice.took.add(tookMicros);
        }
    }

    private Slice slice(long second) {
        Slice newest = slices.peekLast();
        if (newest != null && second <= newest.second) {
            return newest;
        }
        while (!slices.isEmpty() && slices.getFirst().second <= second - KEPT_SECONDS) {
            slices.removeFirst();
        }
        Slice next = new Slice(second);
        slices.addLast(next);
        return next;
    }

    /** Whether it was ever asked. */
    boolean isKnown() {
        return !slices.isEmpty();
    }

    /** Whether it has answered nothing for a while, and not for having nothing to say. */
    boolean isSilent() {
        return isUnanswered() && !MissingReason.NOT_A_NUMBER.label().equals(newestReason);
    }

    /** Whether it has had nothing to say for a while. */
    boolean isAbstaining() {
        return isUnanswered() && MissingReason.NOT_A_NUMBER.label().equals(newestReason);
    }

    private boolean isUnanswered() {
        return unanswered >= SILENT_EVENTS && newestMillis - unansweredSince >= SILENT_MILLIS;
    }

    /** Whether it is not asked at the moment, having missed deadlines. */
    boolean isPutAside() {
        return MissingReason.PUT_ASIDE.label().equals(newestReason);
    }

    /** Why it did not answer the newest event, as predictions say it; null if it did. */
    @Nullable
    String newestReason() {
        return newestReason;
    }

    /** The share of the last ten seconds' events that it answered, in [0, 1]; NaN without any. */
    double share() {
        long asked = slices.stream().mapToLong(each -> each.asked).sum();
        return slices.stream().mapToLong(each -> each.answered).sum() / (double) asked;
    }

    /** The median of how long it took, in milliseconds; NaN if that is unknown. */
    double tookMillis() {
        Quantiles all = new Quantiles();
        slices.forEach(each -> all.addAll(each.took));
        return all.millis(0.5);
    }
}
