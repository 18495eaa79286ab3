package io.tributary.app.plane;

import io.tributary.app.UserError;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics and subjects that an ensemble needs, made where they are missing. */
public final class Topics {

    /** Record times are the broker's, so that a replay of old events is not deleted as old. */
    private static final Map<String, String> APPENDED = Map.of("message.timestamp.type", "LogAppendTime");

    private static final Map<String, String> COMPACTED =
            Map.of("message.timestamp.type", "LogAppendTime", "cleanup.policy", "compact");

    /** Versions of a spec come with their models: what is obsolete shall not be read at every start for a week. */
    private static final Map<String, String> COMPACTED_SOON = Map.of(
            "message.timestamp.type", "LogAppendTime",
            "cleanup.policy", "compact",
            "segment.bytes", Integer.toString(16 << 20),
            "segment.ms", "600000",
            "min.cleanable.dirty.ratio", "0.1");

    /** The order in which weights were learned is kept for good: a backtest folds it again. */
    private static final Map<String, String> KEPT =
            Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "-1");

    private Topics() {}

    /**
     * Makes the ensemble's own topics and registers their schemas. The features topic, and an outcomes topic with records
     * of the user's, belong to the user.
     *
     * @param usersToo whether the features and outcomes topics are made as well
     * @param partitions how many partitions new topics get that are spread over partitions
     * @throws UserError if the features or outcomes topic is missing and is not to be made
     */
    public static void prepare(
            EnsembleSpec spec, Broker broker, SchemaRegistry registry, boolean usersToo, int partitions) {
        EnsembleSpec.Topics topics = spec.topics();
        List<NewTopic> wanted = new ArrayList<>(List.of(
                topic(topics.predictions(), partitions, APPENDED),
                topic(topics.weights(), 1, COMPACTED),
                topic(topics.feedback(), 1, KEPT),
                topic(topics.metrics(), 1, APPENDED),
                topic(topics.deadLetters(), 1, APPENDED),
                topic(topics.control(), 1, COMPACTED_SOON)));
        boolean ownOutcomes = spec.outcomes().kind() != null;
        if (usersToo) {
            wanted.add(topic(spec.events().topic(), partitions, APPENDED));
        } else {
            require(broker, spec, spec.events().topic(), "events.topic");
        }
        if (usersToo || ownOutcomes) {
            wanted.add(topic(spec.outcomes().topic(), partitions, APPENDED));
        } else {
            require(broker, spec, spec.outcomes().topic(), "outcomes.topic");
        }
        broker.create(wanted);
        register(registry, topics.predictions(), Codecs.PREDICTION);
        register(registry, topics.weights(), Codecs.WEIGHTS);
        register(registry, topics.feedback(), Codecs.FEEDBACK);
        register(registry, topics.metrics(), Codecs.METRICS);
        register(registry, topics.deadLetters(), Codecs.DEAD_LETTER);
        register(registry, topics.control(), Codecs.CONTROL);
        if (ownOutcomes) {
            registerOutcomes(registry, spec.outcomes().topic());
        }
    }

    private static NewTopic topic(String name, int partitions, Map<String, String> config) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(config);
    }

    private static void require(Broker broker, EnsembleSpec spec, String topic, String key) {
        if (broker.partitions(topic).isEmpty()) {
            throw new UserError(
                    "there is no topic " + topic + " at " + spec.kafka().bootstrap() + ", which " + key + " in "
                            + spec.file() + " names; create it or correct the name");
        }
    }

    private static void register(SchemaRegistry registry, String topic, Codec<?> codec) {
        String subject = topic + "-value";
        registry.register(subject, codec.schema());
        registry.requireFullCompatibility(subject);
    }

    /** The user may write records of another shape there; only a subject that is still free is ours to claim. */
    private static void registerOutcomes(SchemaRegistry registry, String topic) {
        Schema registered = registry.latest(topic + "-value");
        if (registered == null
                || registered.getFullName().equals(Codecs.OUTCOME.schema().getFullName())) {
            register(registry, topic, Codecs.OUTCOME);
        }
    }
}
