package io.tributary.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Prediction;
import io.tributary.schemas.BinarySerde;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.EncodedPrediction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** What operators emit, read as consumers of the topic read it. */
final class Emitted {

    private static final int HEADER_BYTES = 5;

    private Emitted() {}

    static List<Prediction> read(Collection<StreamRecord<EncodedPrediction>> records) {
        BinarySerde<Prediction> serde = new BinarySerde<>(Codecs.PREDICTION);
        List<Prediction> predictions = new ArrayList<>();
        for (StreamRecord<EncodedPrediction> record : records) {
            predictions.add(read(serde, record.getValue()));
        }
        return predictions;
    }

    private static Prediction read(BinarySerde<Prediction> serde, EncodedPrediction encoded) {
        byte[] value = encoded.value();
        byte[] stored = Arrays.copyOfRange(value, HEADER_BYTES - 1, value.length);
        stored[0] = 1;
        Prediction prediction = serde.deserialize("predictions", stored);
        assertThat(prediction).isNotNull();
        assertThat(new String(encoded.key(), StandardCharsets.UTF_8)).isEqualTo(prediction.eventId());
        return prediction;
    }
}
