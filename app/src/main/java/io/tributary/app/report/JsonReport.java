package io.tributary.app.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.app.UserError;
import io.tributary.core.measure.DayBootstrap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The figures as JSON, for programs. What is not a number is null. */
public final class JsonReport {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonReport() {}

    /**
     * Writes a run's figures.
     *
     * @param all over all events; its figures stand at the top
     * @param parts over some of the events, under {@code parts}
     */
    public static void write(Path file, int events, int predictions, long deadLetters, Report all, List<Report> parts) {
        ObjectNode root = JSON.createObjectNode();
        root.put("events", events);
        root.put("predictions", predictions);
        root.put("deadLetters", deadLetters);
        figures(root, all);
        for (Report part : parts) {
            ObjectNode node = root.withArray("parts").addObject();
            node.put("title", part.title());
            node.put("labelled", part.events());
            figures(node, part);
        }
        try {
            Files.write(file, JSON.writeValueAsBytes(root));
        } catch (IOException e) {
            throw new UserError("the figures cannot be written to " + file + ": " + e + "; correct --json", e);
        }
    }

    private static void figures(ObjectNode into, Report report) {
        for (Report.Row row : report.members()) {
            ObjectNode member = into.withArray("members").addObject();
            member.put("name", row.name());
            put(member, "weight", row.weight());
            scores(member, row);
        }
        scores(into.putObject("fused"), report.fused());
        scores(into.putObject("uniform"), report.uniform());
        into.put("bestMember", report.best());
        difference(into, "fusedLessBestMember", report.overBest());
        difference(into, "fusedLessUniform", report.overUniform());
    }

    private static void scores(ObjectNode into, Report.Row row) {
        put(into, "logLoss", row.figures().logLoss());
        put(into, "averagePrecision", row.figures().averagePrecision());
        put(into, "answered", row.figures().answered());
        put(into, "brier", row.figures().brier());
        put(into, "auc", row.figures().auc());
    }

    private static void difference(ObjectNode into, String name, DayBootstrap.@Nullable Difference difference) {
        if (difference == null) {
            into.putNull(name);
            return;
        }
        ObjectNode node = into.putObject(name);
        put(node, "logLoss", difference.logLoss());
        node.putArray("logLoss95").add(difference.logLossLow()).add(difference.logLossHigh());
        put(node, "averagePrecision", difference.averagePrecision());
        node.putArray("averagePrecision95")
                .add(difference.averagePrecisionLow())
                .add(difference.averagePrecisionHigh());
        node.put("days", difference.days());
    }

    private static void put(ObjectNode into, String name, double value) {
        if (Double.isNaN(value)) {
            into.putNull(name);
        } else {
            into.put(name, value);
        }
    }
}
