package io.tributary.app.look;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.app.report.Grid;
import io.tributary.app.report.TextTable;
import io.tributary.app.report.TimeText;
import io.tributary.core.DeadLetter;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an ensemble stands, for people: what is wrong first. */
public final class StandingText {

    private StandingText() {}

    /** All of it. */
    public static List<String> of(Standing standing) {
        List<String> lines = new ArrayList<>();
        String ensemble = standing.spec().ensemble();
        lines.add(standing.isWell() ? "✓ " + ensemble + " is well." : "✗ " + ensemble + " is not well.");
        standing.problems().forEach(each -> lines.add("  ✗ " + each));
        standing.notes().forEach(each -> lines.add("  • " + each));
        lines.add("");
        lines.addAll(parts(standing));
        Standing.Emissions emitted = standing.emitted();
        if (emitted != null) {
            lines.add("");
            lines.addAll(members(emitted.live().path("members")));
        }
        return lines;
    }

    private static List<String> parts(Standing standing) {
        Grid grid = new Grid("ll");
        grid.row("broker", standing.spec().kafka().bootstrap() + answers(standing.broker()));
        grid.row("registry", standing.spec().registry().url() + answers(standing.registry()));
        if (standing.broker()) {
            grid.row(
                    "topics",
                    standing.missingTopics().isEmpty()
                            ? "all there"
                            : standing.missingTopics().size() + " missing");
        }
        Standing.Emissions emitted = standing.emitted();
        if (emitted == null) {
            return grid.lines();
        }
        grid.row("scoring", scoring(standing, emitted));
        grid.row("learning", learning(standing, emitted));
        grid.row("versions", versions(standing, emitted));
        grid.row("dead letters", letters(emitted));
        return grid.lines();
    }

    private static String answers(boolean does) {
        return does ? " answers" : " does not answer";
    }

    private static String scoring(Standing standing, Standing.Emissions emitted) {
        Prediction newest = emitted.newest();
        if (newest == null) {
            return "no predictions yet" + waiting(standing.waitingEvents(), "events");
        }
        JsonNode current = emitted.live().path("current");
        String latency = current.path("p50").isNumber()
                ? String.format(
                        Locale.ROOT,
                        ", median %.1f ms and 99 %% %.1f ms",
                        current.path("p50").asDouble(),
                        current.path("p99").asDouble())
                : "";
        return String.format(
                Locale.ROOT,
                "newest prediction %s ago, %.1f/s%s%s",
                TimeText.span(standing.nowMillis() - newest.processingTimeMillis()),
                current.path("perSecond").asDouble(),
                latency,
                waiting(standing.waitingEvents(), "events"));
    }

    private static String learning(Standing standing, Standing.Emissions emitted) {
        Standing.Learning learning = standing.learning();
        Weights weights = emitted.weights();
        String newest = weights == null
                ? "no weights yet"
                : "weights version " + TextTable.count(weights.version()) + " published "
                        + TimeText.span(standing.nowMillis() - weights.publishedAtMillis()) + " ago";
        return (learning.runs() ? "runs" : "does not run")
                + (learning.answers() ? ", answers at " + learning.url() : "") + ", " + newest
                + waiting(learning.waiting(), "records");
    }

    /** Planes say how far they have read when they save their state, so fewer may wait. */
    private static String waiting(long count, String what) {
        if (count < 0) {
            return "";
        }
        return count == 0 ? ", no " + what + " wait" : ", at most " + TextTable.count(count) + " " + what + " wait";
    }

    private static String versions(Standing standing, Standing.Emissions emitted) {
        Prediction newest = emitted.newest();
        Weights weights = emitted.weights();
        return standing.spec().version() + " in the spec, " + version(emitted.published()) + " published, "
                + version(newest == null ? null : newest.specVersion()) + " scores, "
                + version(weights == null ? null : weights.specVersion()) + " learns";
    }

    private static String version(@Nullable Integer version) {
        return version == null ? "none" : version.toString();
    }

    private static String letters(Standing.Emissions emitted) {
        DeadLetter newest = emitted.newestLetter();
        return TextTable.count(emitted.letters()) + " in the last "
                + TimeText.span(emitted.lettersOf().toMillis())
                + (newest == null ? "" : ", the newest at " + newest.stage() + ": " + newest.reason());
    }

    private static List<String> members(JsonNode members) {
        Grid grid = new Grid("lrrrll");
        grid.row("member", "weight", "answered", "loss", "state", "");
        grid.rule();
        for (JsonNode each : members) {
            grid.row(
                    each.path("name").asText(),
                    number(each.path("weight"), "%.3f", 1),
                    number(each.path("answered"), "%.1f%%", 100),
                    number(each.path("loss"), "%.5g", 1),
                    each.path("silent").asBoolean()
                            ? "answers nothing"
                            : each.path("state").asText(),
                    each.path("why").isTextual() ? each.path("why").asText() : "");
        }
        return grid.lines();
    }

    private static String number(JsonNode number, String format, double times) {
        return number.isNumber() ? String.format(Locale.ROOT, format, times * number.asDouble()) : "–";
    }
}
