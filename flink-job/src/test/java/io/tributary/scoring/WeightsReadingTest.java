package io.tributary.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Weights;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.schemas.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records without a value: what the key alone says. */
class WeightsReadingTest {

    @TempDir
    Path folder;

    private Decoding.Reading<Weights> reading;

    @BeforeEach
    void open() throws IOException {
        Path file = Files.writeString(folder.resolve("spec.yaml"), """
                ensemble: test
                events: {topic: t, id: i, time: at, segment: road}
                features: [x]
                members:
                  a: {rules: [{when: x > 0.0, score: 0.5}]}
                """);
        EnsembleSpec spec = SpecParser.parse(file);
        reading = new WeightsReading(spec, new SchemaRegistry("http://localhost:1", Map.of()));
    }

    private Weights withdrawn(byte[] key) {
        return reading.withdrawn(new RawRecord("weights", 0, 1, key, null, null, null));
    }

    @Test
    void withdrawn_aSegmentOfTheEnsemble_isForgotten() {
        Weights weights = withdrawn("test/north/a".getBytes(UTF_8));

        assertThat(weights.isForgotten()).isTrue();
        assertThat(weights.ensemble()).isEqualTo("test");
        assertThat(weights.segment()).isEqualTo("north/a");
    }

    @Test
    void withdrawn_anythingElse_saysNothing() {
        assertThat(withdrawn("test".getBytes(UTF_8))).as("the ensemble's own").isNull();
        assertThat(withdrawn("tester/north".getBytes(UTF_8)))
                .as("another ensemble's")
                .isNull();
        assertThat(withdrawn(null)).as("without a key").isNull();
    }
}
