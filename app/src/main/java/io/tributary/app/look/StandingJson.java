package io.tributary.app.look;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.app.report.Json;
import io.tributary.core.DeadLetter;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an ensemble stands, for programs. What is unknown is null. */
public final class StandingJson {

    private static final List<String> OF_A_MEMBER =
            List.of("name", "state", "silent", "why", "weight", "loss", "answered", "took", "checksum", "version");

    private StandingJson() {}

    /** All of it. */
    public static ObjectNode of(Standing standing) {
        ObjectNode root = Json.object().put("ensemble", standing.spec().ensemble());
        root.put("well", standing.isWell());
        Json.put(root, "problems", standing.problems());
        Json.put(root, "notes", standing.notes());
        root.putObject("broker")
                .put("bootstrap", standing.spec().kafka().bootstrap())
                .put("answers", standing.broker());
        root.putObject("registry").put("url", standing.spec().registry().url()).put("answers", standing.registry());
        Json.put(root, "missingTopics", standing.missingTopics());
        ObjectNode scoring = root.putObject("scoring").put("waiting", known(standing.waitingEvents()));
        ObjectNode learning = root.putObject("learning")
                .put("runs", standing.learning().runs())
                .put("url", standing.learning().url())
                .put("answers", standing.learning().answers())
                .put("waiting", known(standing.learning().waiting()));
        ObjectNode versions =
                root.putObject("versions").put("spec", standing.spec().version());
        Standing.Emissions emitted = standing.emitted();
        if (emitted != null) {
            emitted(standing, emitted, scoring, learning, versions);
            members(root.putArray("members"), emitted.live().path("members"));
            letters(root.putObject("deadLetters"), emitted);
        }
        return root;
    }

    private static @Nullable Long known(long count) {
        return count < 0 ? null : Long.valueOf(count);
    }

    private static void emitted(
            Standing standing,
            Standing.Emissions emitted,
            ObjectNode scoring,
            ObjectNode learning,
            ObjectNode versions) {
        JsonNode current = emitted.live().path("current");
        Prediction newest = emitted.newest();
        scoring.put("newestAgeMillis", newest == null ? null : standing.nowMillis() - newest.processingTimeMillis());
        scoring.set("perSecond", current.path("perSecond"));
        scoring.set("degraded", current.path("degraded"));
        scoring.set("p50Millis", current.path("p50"));
        scoring.set("p99Millis", current.path("p99"));
        Weights weights = emitted.weights();
        learning.put("weightsVersion", weights == null ? null : weights.version());
        learning.put("weightsAgeMillis", weights == null ? null : standing.nowMillis() - weights.publishedAtMillis());
        versions.put("published", emitted.published());
        versions.put("scoring", newest == null ? null : newest.specVersion());
        versions.put("weights", weights == null ? null : weights.specVersion());
    }

    private static void members(ArrayNode into, JsonNode members) {
        for (JsonNode each : members) {
            ObjectNode member = into.addObject();
            OF_A_MEMBER.forEach(field -> member.set(field, each.get(field)));
        }
    }

    private static void letters(ObjectNode into, Standing.Emissions emitted) {
        into.put("lastMillis", emitted.lettersOf().toMillis()).put("count", emitted.letters());
        DeadLetter newest = emitted.newestLetter();
        if (newest == null) {
            into.putNull("newest");
        } else {
            into.putObject("newest")
                    .put("topic", newest.topic())
                    .put("partition", newest.partition())
                    .put("offset", newest.offset())
                    .put("stage", newest.stage())
                    .put("reason", newest.reason());
        }
    }
}
