package io.tributary.app.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as people read them. */
public final class TimeText {

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private TimeText() {}

    /** How long something takes, in the largest unit of which there are two: {@code 90 s}, {@code 3 h}. */
    public static String span(long millis) {
        long known = Math.max(0, millis);
        if (known < 2 * SECOND) {
            return known + " ms";
        }
        return known < 2 * MINUTE
                ? known / SECOND + " s"
                : known < 2 * HOUR
                        ? known / MINUTE + " min"
                        : known < 2 * DAY ? known / HOUR + " h" : String.format(Locale.ROOT, "%,d d", known / DAY);
    }

    /** A moment to the second, in UTC, as ISO 8601 has it. */
    public static String at(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
