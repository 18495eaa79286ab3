package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.app.embedded.FreePorts;
import io.tributary.app.play.PlayedEvent;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a cluster tells Prometheus, by Flink's own reporter, once Prometheus has renamed it. */
class ClusterMetricsTest {

    private static final int EVENTS = 300;

    /** What only a job with several slot groups or with sequences tells. */
    private static final Set<String> OF_OTHER_JOBS =
            Set.of("tributary_scoring_late_answers_total", "tributary_scoring_events_without_key_total");

    private final Stack stack = Stack.shared();

    @Test
    void metrics_ofACluster_haveTheNamesOfARun() throws Exception {
        Path file = stack.fraudFile("told-on-a-cluster");
        Files.writeString(file, Files.readString(file) + "\nbootstrap: equal\ndeadline: 5m\n");
        EnsembleSpec spec = SpecParser.parse(file);
        stack.prepare(spec);
        List<PlayedEvent> events = Payments.played(spec, stack.registry()).subList(0, EVENTS);
        int port = freePairOfPorts();
        TestCluster cluster = TestCluster.start(1, 3, "--metrics-port", Integer.toString(port));
        try (Records records = new Records(stack.bootstrap())) {
            cluster.submit(file, "--parallelism", "2", "--checkpoint", "1s");
            records.sendAll(spec.events().topic(), events);

            UnaryOperator<String> renaming = Monitoring.renaming("prometheus/prometheus.yml", "flink");
            Scrape scrape = Scrape.await(
                    List.of("http://localhost:" + port + "/metrics", "http://localhost:" + (port + 1) + "/metrics"),
                    renaming,
                    now -> now.sum("tributary_scoring_predictions_total") == EVENTS
                            && now.sum("flink_jobmanager_job_numberOfCompletedCheckpoints") > 0);

            assertThat(scrape.names())
                    .containsAll(ofFlink(Monitoring.inTheDashboard()))
                    .containsAll(ofFlink(Monitoring.onThePage()));
            assertThat(scrape.labels("tributary_scoring_member_missing_total", "reason"))
                    .contains("late", "put-aside");
            assertThat(scrape.labels("tributary_scoring_latency_seconds_bucket", "le"))
                    .contains("0.0025", "10", "+Inf");
        } finally {
            cluster.stop();
        }
    }

    private static Set<String> ofFlink(Set<String> names) {
        Set<String> those = new TreeSet<>(names);
        those.removeIf(name -> !name.startsWith("flink_") && !name.startsWith("tributary_scoring_"));
        those.removeAll(OF_OTHER_JOBS);
        assertThat(those).isNotEmpty();
        return those;
    }

    /** The first of two ports beside each other. */
    private static int freePairOfPorts() {
        int port = FreePorts.pickTwo()[0];
        while (port == 65_535 || !FreePorts.isFree(port + 1)) {
            port = FreePorts.pickTwo()[0];
        }
        return port;
    }
}
