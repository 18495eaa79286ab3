package io.tributary.app.look;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.app.report.Json;
import io.tributary.core.Weights;
import io.tributary.core.spec.EnsembleSpec;
import java.time.Instant;

/** Weights as JSON, for programs. */
public final class WeightsJson {

    private WeightsJson() {}

    /** One set of weights. */
    public static ObjectNode of(EnsembleSpec spec, Weights weights, long nowMillis) {
        ObjectNode node = Json.object().put("ensemble", weights.ensemble()).put("segment", weights.segment());
        node.put("version", weights.version()).put("specVersion", weights.specVersion());
        Json.put(node, "evidence", weights.evidence());
        node.put("learner", weights.learner());
        node.put("leader", weights.candidates()[weights.leader()].name());
        node.put("fusion", weights.fusion().method().label());
        node.put("published", Instant.ofEpochMilli(weights.publishedAtMillis()).toString());
        node.put("ageMillis", nowMillis - weights.publishedAtMillis());
        ArrayNode members = node.putArray("members");
        for (int k = 0; k < weights.members().length; k++) {
            ObjectNode member = members.addObject().put("name", weights.members()[k]);
            Json.put(member, "weight", weights.weight(k));
            member.put("shadow", spec.shadows().contains(weights.members()[k]));
        }
        ArrayNode bias = node.putArray("bias");
        if (!weights.fusion().method().isWeighted()) {
            for (double each : weights.fusion().bias()) {
                Json.add(bias, each);
            }
        }
        return node;
    }
}
