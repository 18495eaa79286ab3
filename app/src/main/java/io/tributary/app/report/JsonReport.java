package io.tributary.app.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.app.play.Tally;
import io.tributary.core.Task;
import io.tributary.core.measure.BlockBootstrap;
import io.tributary.core.measure.Figure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The figures as JSON, for programs. What is not a number is null. */
public final class JsonReport {

    private JsonReport() {}

    /**
     * A run's figures.
     *
     * @param alarms the drift alarms
     * @param all over all events; its figures stand at the top
     * @param parts over some of the events, under {@code parts}
     */
    public static ObjectNode of(
            int events, int predictions, long deadLetters, List<Tally.AlarmAt> alarms, Report all, List<Report> parts) {
        ObjectNode root = Json.object();
        root.put("events", events);
        root.put("predictions", predictions);
        root.put("deadLetters", deadLetters);
        for (Tally.AlarmAt each : alarms) {
            root.withArray("driftAlarms")
                    .addObject()
                    .put("labels", each.labels())
                    .put("scorer", each.alarm().scorer())
                    .put("detector", each.alarm().detector())
                    .put("meanBefore", each.alarm().meanBefore())
                    .put("meanAfter", each.alarm().meanAfter());
        }
        figures(root, all);
        for (Report part : parts) {
            ObjectNode node = root.withArray("parts").addObject();
            node.put("title", part.title());
            node.put("labelled", part.events());
            figures(node, part);
        }
        return root;
    }

    private static void figures(ObjectNode into, Report report) {
        for (Report.Row row : report.members()) {
            ObjectNode member = into.withArray("members").addObject();
            member.put("name", row.name());
            Json.put(member, "weight", row.weight());
            scores(member, row, report.task());
        }
        scores(into.putObject("fused"), report.fused(), report.task());
        scores(into.putObject("uniform"), report.uniform(), report.task());
        into.put("bestMember", report.best());
        difference(into, "fusedLessBestMember", report.overBest());
        difference(into, "fusedLessUniform", report.overUniform());
    }

    private static void scores(ObjectNode into, Report.Row row, Task task) {
        Json.put(into, "answered", row.figures().answered());
        for (Figure figure : Figure.of(task)) {
            Json.put(into, figure.label(), row.figures().of(figure));
        }
    }

    private static void difference(ObjectNode into, String name, BlockBootstrap.@Nullable Difference difference) {
        if (difference == null) {
            into.putNull(name);
            return;
        }
        ObjectNode node = into.putObject(name);
        for (BlockBootstrap.Interval each : List.of(difference.main(), difference.other())) {
            Json.put(node, each.figure().label(), each.difference());
            node.putArray(each.figure().label() + "95").add(each.low()).add(each.high());
        }
        node.put("days", difference.blocks());
    }
}
