package io.tributary.dashboard.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether all is well, and if not, what is not: the worst first. */
final class Health {

    private static final long IDLE_MILLIS = 60_000;
    private static final double MUCH = 0.01;

    private final List<String> bad = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Notes that the topics cannot be read; null if they can. */
    Health unreadable(@Nullable String problem) {
        if (problem != null) {
            bad.add(problem);
        }
        return this;
    }

    Health members(List<Members.Concern> concerns) {
        for (Members.Concern each : concerns) {
            (each.shadow() ? warnings : bad).add(each.words());
        }
        return this;
    }

    Health flow(Flow.Recent recent) {
        if (recent.withheld() > 0) {
            bad.add(percent(recent.withheld()) + " of predictions have no score");
        }
        if (recent.degraded() > MUCH) {
            warnings.add(percent(recent.degraded()) + " of predictions lack a member");
        }
        return this;
    }

    /** Notes whose losses have risen lately. */
    Health risen(Set<String> scorers) {
        if (!scorers.isEmpty()) {
            warnings.add("losses of " + String.join(", ", scorers) + " have risen in the last minutes");
        }
        return this;
    }

    Health letters(long lastMinute) {
        if (lastMinute > 0) {
            warnings.add(
                    lastMinute == 1
                            ? "a dead letter in the last minute"
                            : lastMinute + " dead letters in the last minute");
        }
        return this;
    }

    Health note(String words) {
        notes.add(words);
        return this;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.1 ? "%.1f\u00a0%%" : "%.0f\u00a0%%", 100 * share);
    }

    /**
     * The verdict. The first {@code bad} of its reasons are what is wrong, the others are worth knowing.
     *
     * @param newestMillis when the newest prediction was made; null if there is none
     */
    ObjectNode json(long nowMillis, @Nullable Long newestMillis, String eventsTopic) {
        List<String> reasons = new ArrayList<>(bad);
        String level = "bad";
        String title = "Trouble";
        boolean idle = newestMillis == null || nowMillis - newestMillis > IDLE_MILLIS;
        if (bad.isEmpty() && newestMillis == null) {
            level = "wait";
            title = "Waiting";
            reasons.add("no predictions yet: nothing has come out of " + eventsTopic);
        } else if (bad.isEmpty() && idle) {
            level = "idle";
            title = "Idle";
            reasons.add("no predictions for more than a minute");
        } else if (bad.isEmpty() && !warnings.isEmpty()) {
            level = "warn";
            title = "Needs a look";
        } else if (bad.isEmpty()) {
            level = "good";
            title = "Healthy";
            reasons.add("predictions come, and all members answer");
        }
        reasons.addAll(warnings);
        reasons.addAll(notes);
        ObjectNode json = Json.NODES.objectNode().put("level", level).put("title", title);
        json.put("bad", bad.size());
        ArrayNode list = json.putArray("reasons");
        reasons.forEach(list::add);
        return json;
    }
}
