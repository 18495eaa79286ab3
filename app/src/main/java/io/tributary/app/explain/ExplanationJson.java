package io.tributary.app.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.app.report.Json;
import io.tributary.core.Prediction;
import io.tributary.core.fusion.Calibration;
import io.tributary.core.member.MissingReason;
import io.tributary.core.predict.Recomputed;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An explanation as JSON, for programs. What is not a number is null. */
public final class ExplanationJson {

    private ExplanationJson() {}

    /** The explanation as a JSON object. */
    public static ObjectNode of(Explanation explanation) {
        Prediction p = explanation.prediction();
        ObjectNode root = Json.object();
        root.put("ensemble", p.ensemble()).put("eventId", p.eventId());
        root.putObject("record")
                .put("topic", explanation.place().topic())
                .put("partition", explanation.place().partition())
                .put("offset", explanation.place().offset())
                .put("copies", explanation.place().copies());
        root.put("eventTimeMillis", p.eventTimeMillis()).put("processingTimeMillis", p.processingTimeMillis());
        root.put("segment", p.segment());
        Json.put(root, "score", p.score());
        if (p.likeliest() >= 0) {
            root.put("predictedClass", p.classes()[p.likeliest()]);
        }
        root.put("positive", p.positive()).put("degraded", p.degraded()).put("withheld", p.withheld());
        Json.put(root, "disagreement", p.disagreement());
        if (p.interval() != null) {
            ObjectNode interval = root.putObject("interval");
            Json.put(interval, "lower", p.interval().lower());
            Json.put(interval, "upper", p.interval().upper());
            Json.put(interval, "level", p.interval().level());
        }
        root.put("specVersion", p.specVersion()).put("weightsVersion", p.weightsVersion());
        recipe(root, p.recipe());
        members(root.putArray("members"), p);
        latencies(root, p.latencies());
        again(root.putObject("recomputed"), explanation);
        return root;
    }

    private static void recipe(ObjectNode root, Prediction.Recipe recipe) {
        root.put("fusion", recipe.method());
        if (recipe.link() == null) {
            return;
        }
        root.put("link", recipe.link().label());
        array(root.putArray("bias"), recipe.bias(), 0, recipe.bias().length);
        Json.put(root, "clip", recipe.clip());
        Json.put(root, "trim", recipe.trim());
        Json.put(root, "threshold", recipe.threshold());
        Calibration calibration = recipe.calibration();
        if (calibration != null) {
            root.putObject("calibration").put("slope", calibration.slope()).put("intercept", calibration.intercept());
        }
        root.put("segmentShare", recipe.segmentShare());
        if (recipe.segmentVersion() >= 0) {
            root.put("segmentWeightsVersion", recipe.segmentVersion());
        }
        ArrayNode shadows = root.putArray("shadows");
        List.of(recipe.shadows()).forEach(shadows::add);
    }

    private static void members(ArrayNode into, Prediction p) {
        int width = Math.max(1, p.classes().length);
        int shown = Math.max(0, p.likeliest());
        for (int k = 0; k < p.members().length; k++) {
            ObjectNode member = into.addObject().put("name", p.members()[k]);
            Json.put(member, "score", p.scores()[k * width + shown]);
            Json.put(member, "weight", p.weights()[k]);
            Json.put(member, "contribution", p.contributions()[k * width + shown]);
            if (width > 1) {
                array(member.putArray("classScores"), p.scores(), k * width, width);
                array(member.putArray("classContributions"), p.contributions(), k * width, width);
            }
            String missing = p.missing()[k];
            member.put("missing", missing);
            if (missing != null) {
                member.put("missingBecause", MissingReason.words(missing));
            }
            member.put("sha256", HexFormat.of().formatHex(p.checksums()[k]));
            if (p.latencies() != null && p.latencies().tookMicros()[k] >= 0) {
                member.put("tookMicros", p.latencies().tookMicros()[k]);
            }
        }
    }

    private static void latencies(ObjectNode root, Prediction.@Nullable Latencies latencies) {
        if (latencies != null) {
            root.putObject("latencies")
                    .put("waitMicros", latencies.waitMicros())
                    .put("membersMicros", latencies.membersMicros())
                    .put("fuseMicros", latencies.fuseMicros())
                    .put("totalMicros", latencies.totalMicros());
        }
    }

    private static void again(ObjectNode into, Explanation explanation) {
        into.put("same", explanation.isSame());
        Recomputed again = explanation.again();
        if (again != null) {
            Json.put(into, "score", again.score());
            ArrayNode differences = into.putArray("differences");
            explanation.differences().forEach(differences::add);
        }
        into.put("problem", explanation.problem());
    }

    private static void array(ArrayNode into, double[] values, int from, int count) {
        for (int i = from; i < from + count; i++) {
            Json.add(into, values[i]);
        }
    }
}
