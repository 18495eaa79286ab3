package io.tributary.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestClientTest {

    @Test
    void timeToUpload_largeJar_growsWithItsSize() {
        assertThat(RestClient.timeToUpload(0)).isEqualTo(Duration.ofSeconds(120));
        assertThat(RestClient.timeToUpload(600_000_000)).isGreaterThan(Duration.ofHours(1));
    }
}
