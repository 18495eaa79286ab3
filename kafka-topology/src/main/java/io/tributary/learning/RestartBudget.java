package io.tributary.learning;

import io.tributary.schemas.RegistryException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * How often a failed thread is replaced, and after how long a pause. A registry or broker that is away for some minutes
 * is waited for; a failure that would only repeat itself ends the plane at once. Safe for several threads.
 */
final class RestartBudget {

    private static final int RESTARTS = 20;
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Deque<Long> restartsMillis = new ArrayDeque<>();

    /**
     * Takes note of a failure.
     *
     * @return how long to wait before the restart, doubling from one second to half a minute; null if there must be none,
     *     because the failure is not one that passes, or because 20 in a quarter of an hour were
     */
    synchronized @Nullable Duration pauseBeforeRestart(Throwable failure, long nowMillis) {
        while (!restartsMillis.isEmpty() && restartsMillis.peekFirst() < nowMillis - WINDOW.toMillis()) {
            restartsMillis.removeFirst();
        }
        if (!passes(failure) || restartsMillis.size() >= RESTARTS) {
            return null;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << restartsMillis.size());
        restartsMillis.addLast(nowMillis);
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** Whether something outside failed that may come back. Streams wraps what it passes on. */
    private static boolean passes(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof RegistryException || at instanceof RetriableException) {
                return true;
            }
        }
        return false;
    }
}
