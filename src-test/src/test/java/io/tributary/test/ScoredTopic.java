package io.tributary.test;

import io.tributary.core.Prediction;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractDeserializer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Predictions as consumers see them. */
final class ScoredTopic {

    private static final Duration LIMIT = Duration.ofSeconds(150);

    private ScoredTopic() {}

    /** The newest prediction of each event, once there are so many events. */
    static Map<String, Prediction> await(EnsembleSpec spec, int events) {
        Stack stack = Stack.shared();
        ContractDeserializer<Prediction> deserializer = new ContractDeserializer<>(stack.registry(), Codecs.PREDICTION);
        Map<String, Prediction> byId = new HashMap<>();
        TopicReader.read(stack.bootstrap(), spec.topics().predictions(), LIMIT, all -> {
            byId.clear();
            for (var each : all) {
                Prediction prediction = deserializer.deserialize(each.topic(), each.value());
                byId.put(prediction.eventId(), prediction);
            }
            return byId.size() >= events;
        });
        return byId;
    }
}
