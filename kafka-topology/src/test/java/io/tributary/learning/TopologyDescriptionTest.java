package io.tributary.learning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.SchemaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopologyDescriptionTest {

    private static String description(EnsembleSpec spec) {
        SchemaRegistry registry = new SchemaRegistry("http://localhost:1", Map.of());
        return LearningTopology.build(spec, registry, 2).describe().toString();
    }

    /** A change here means that running planes lose state or internal topics: see that it is meant. */
    @Test
    void description_isTheGoldenFile() throws IOException {
        try (InputStream golden = TopologyDescriptionTest.class.getResourceAsStream("/topology.txt")) {
            assertThat(description(Samples.spec())).isEqualTo(new String(golden.readAllBytes(), UTF_8));
        }
    }

    @Test
    void description_copartitioned_hasNoRepartitioning() {
        String description = description(Samples.spec("maxDelay: 1h", "maxDelay: 1h, copartitioned: true"));

        assertThat(description).doesNotContain("repartition");
        assertThat(description.split("Sub-topology:")).hasSize(3);
    }

    @Test
    void names_areAllGiven() {
        assertThat(description(Samples.spec())).doesNotContain("KSTREAM", "STATE-STORE");
    }
}
