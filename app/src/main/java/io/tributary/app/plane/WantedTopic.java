package io.tributary.app.plane;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codecs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * A topic that an ensemble needs.
 *
 * @param key the key of the spec that names it
 * @param name what it is called
 * @param isUsers whether it belongs to the user, who writes it by a schema of theirs
 * @param isSpread whether it has as many partitions as work is spread over; the others have one
 * @param settings what it is made with; the broker's defaults for the rest
 * @param schema what its values are written with; null where that is the user's
 */
record WantedTopic(
        String key,
        String name,
        boolean isUsers,
        boolean isSpread,
        Map<String, String> settings,
        @Nullable Schema schema) {

    static final String TIMESTAMPS = "message.timestamp.type";
    static final String CLEANUP = "cleanup.policy";
    static final String RETENTION = "retention.ms";

    /** Record times are the broker's, so that a replay of old events is not deleted as old. */
    private static final Map<String, String> APPENDED = Map.of(TIMESTAMPS, "LogAppendTime");

    private static final Map<String, String> COMPACTED = Map.of(TIMESTAMPS, "LogAppendTime", CLEANUP, "compact");

    /** Versions of a spec come with their models: what is obsolete shall not be read at every start for a week. */
    private static final Map<String, String> COMPACTED_SOON = Map.of(
            TIMESTAMPS,
            "LogAppendTime",
            CLEANUP,
            "compact",
            "segment.bytes",
            Integer.toString(16 << 20),
            "segment.ms",
            "600000",
            "min.cleanable.dirty.ratio",
            "0.1");

    /** The order in which weights were learned is kept for good: a backtest folds it again. */
    private static final Map<String, String> KEPT = Map.of(TIMESTAMPS, "LogAppendTime", RETENTION, "-1");

    /** All of them, those of the user first. */
    static List<WantedTopic> of(EnsembleSpec spec) {
        EnsembleSpec.Topics own = spec.topics();
        boolean ownOutcomes = spec.outcomes().kind() != null;
        return List.of(
                new WantedTopic("events.topic", spec.events().topic(), true, true, APPENDED, null),
                new WantedTopic(
                        "outcomes.topic",
                        spec.outcomes().topic(),
                        !ownOutcomes,
                        true,
                        APPENDED,
                        ownOutcomes ? Codecs.OUTCOME.schema() : null),
                own("predictions", own.predictions(), true, APPENDED, Codecs.PREDICTION.schema()),
                own("weights", own.weights(), false, COMPACTED, Codecs.WEIGHTS.schema()),
                own("feedback", own.feedback(), false, KEPT, Codecs.FEEDBACK.schema()),
                own("metrics", own.metrics(), false, APPENDED, Codecs.METRICS.schema()),
                own("deadLetters", own.deadLetters(), false, APPENDED, Codecs.DEAD_LETTER.schema()),
                own("control", own.control(), false, COMPACTED_SOON, Codecs.CONTROL.schema()));
    }

    private static WantedTopic own(
            String key, String name, boolean isSpread, Map<String, String> settings, Schema schema) {
        return new WantedTopic("topics." + key, name, false, isSpread, settings, schema);
    }

    /** Whether the planes alone write it. */
    boolean isOurs() {
        return key.startsWith("topics.");
    }

    /** Under what name the schema of its values is registered. */
    String subject() {
        return name + "-value";
    }

    boolean isCompacted() {
        return settings.getOrDefault(CLEANUP, "delete").equals("compact");
    }

    NewTopic create(Topics.Size size) {
        return new NewTopic(name, Optional.of(isSpread ? size.partitions() : 1), size.replication()).configs(settings);
    }
}
