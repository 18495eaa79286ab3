package io.tributary.app.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.app.plane.SeenTopic;
import io.tributary.app.plane.TopicCheck;
import io.tributary.core.spec.EnsembleSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was found about an ensemble's topics, for people and for programs. */
public final class TopicsReport {

    private static final String CLEANUP = "cleanup.policy";
    private static final String RETENTION = "retention.ms";

    private TopicsReport() {}

    /** All topics as a table, and below it what to do. */
    public static List<String> text(EnsembleSpec spec, TopicCheck.Result result) {
        List<String> lines = new ArrayList<>();
        lines.add("Topics of " + spec.ensemble() + " at " + spec.kafka().bootstrap());
        lines.add("");
        Grid grid = new Grid("llrll");
        grid.row("topic", "in the spec", "partitions", "cleanup", "kept");
        grid.rule();
        for (TopicCheck.Row row : result.rows()) {
            SeenTopic seen = row.seen();
            if (seen == null) {
                grid.row(row.topic(), row.key(), "–", "missing", "");
            } else {
                grid.row(
                        row.topic(),
                        row.key(),
                        Integer.toString(seen.partitions()),
                        seen.settings().getOrDefault(CLEANUP, "?"),
                        kept(seen.settings()));
            }
        }
        lines.addAll(grid.lines());
        lines.add("");
        for (TopicCheck.Finding each : result.findings()) {
            lines.add((each.isProblem() ? "✗ " : "• ") + each);
        }
        if (result.isWell()) {
            lines.add("✓ All topics are as " + spec.ensemble() + " needs them.");
        }
        return lines;
    }

    private static String kept(Map<String, String> settings) {
        if (settings.getOrDefault(CLEANUP, "").equals("compact")) {
            return "the newest of a key";
        }
        String retention = settings.get(RETENTION);
        return retention == null ? "?" : retention.equals("-1") ? "for good" : TimeText.span(Long.parseLong(retention));
    }

    /** The same as an object. */
    public static ObjectNode json(EnsembleSpec spec, TopicCheck.Result result) {
        ObjectNode root = Json.object().put("ensemble", spec.ensemble()).put("well", result.isWell());
        ArrayNode topics = root.putArray("topics");
        for (TopicCheck.Row row : result.rows()) {
            ObjectNode node = topics.addObject().put("key", row.key()).put("topic", row.topic());
            SeenTopic seen = row.seen();
            node.put("exists", seen != null);
            if (seen != null) {
                node.put("partitions", seen.partitions());
                node.put("cleanupPolicy", seen.settings().get(CLEANUP));
                String retention = seen.settings().get(RETENTION);
                node.put("retentionMillis", retention == null ? null : Long.valueOf(retention));
            }
        }
        ArrayNode findings = root.putArray("findings");
        result.findings()
                .forEach(each -> findings.addObject()
                        .put("topic", each.topic())
                        .put("problem", each.isProblem())
                        .put("what", each.what())
                        .put("remedy", each.remedy()));
        return root;
    }
}
