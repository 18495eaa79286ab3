package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.app.metrics.MetricsServer;
import io.tributary.app.metrics.RunMetrics;
import io.tributary.app.plane.Planes;
import io.tributary.app.play.Pace;
import io.tributary.app.play.PlayedEvent;
import io.tributary.app.play.Player;
import io.tributary.app.play.Tally;
import io.tributary.app.play.Watch;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a run tells Prometheus, and what of it the dashboard, the alerts and the documentation name. */
class MetricsTest {

    private static final Stack STACK = Stack.shared();
    private static final int EVENTS = 300;

    /** Prometheus' own. */
    private static final String UP = "up";

    private static EnsembleSpec spec;
    private static Scrape scrape;
    private static Set<String> told;

    @BeforeAll
    static void run() throws Exception {
        spec = STACK.fraud("told");
        STACK.prepare(spec);
        scrape = scrapeOfAReplay();
        told = new TreeSet<>(scrape.names());
        told.addAll(scrapeOfSlotsAndSequences().names());
    }

    /** Some events and their labels, a record that is no event, and one that is no outcome. */
    private static Scrape scrapeOfAReplay() throws Exception {
        List<PlayedEvent> events = Payments.played(spec, STACK.registry()).subList(0, EVENTS);
        Tally tally = new Tally(spec, events);
        try (RunMetrics metrics = new RunMetrics();
                MetricsServer server = MetricsServer.start("localhost", 0, metrics::scrape);
                Planes planes = Planes.start(
                        spec, Planes.Settings.brisk(STACK.work(), 1).with(metrics));
                Records records = new Records(STACK.bootstrap())) {
            planes.awaitRunning(progress -> {});
            try (Watch watch = Watch.start(spec, STACK.registry(), tally);
                    Player player = new Player(spec, STACK.registry(), tally, Duration.ofDays(1), planes::failure)) {
                player.play(new Pace.Lockstep(100));
                assertThat(watch.failure()).isNull();
            }
            records.send(spec.events().topic(), "bad", new byte[] {1, 2});
            records.send(spec.outcomes().topic(), "bad", new byte[] {1, 2});
            return Scrape.await(
                    server.url(),
                    now -> now.sum("tributary_scoring_dead_letters_total") == 1
                            && now.sum("tributary_learning_dead_letters_total") == 1
                            && now.sum("tributary_scoring_weights_version") == EVENTS
                            && now.sum("flink_jobmanager_job_numberOfCompletedCheckpoints") > 0);
        }
    }

    /** What is told only with several slot groups or with sequences. */
    private static Scrape scrapeOfSlotsAndSequences() throws Exception {
        Path fraud = STACK.fraudFile("told-apart");
        String text = Files.readString(fraud);
        EnsembleSpec apart =
                SpecParser.parse(Files.writeString(fraud, text.substring(0, text.indexOf("\nfeatures:")) + """

                        features:
                          - tx_amount
                          - {field: tx_amount, name: amounts, key: customer_id, last: 3, missing: 0}
                        members:
                          high: {rules: [{when: tx_amount > 200.0, score: 0.9}], otherwise: 0.1}
                          low: {rules: [{when: tx_amount > 100.0, score: 0.9}], otherwise: 0.1}
                        slots:
                          one: {members: [high]}
                          two: {members: [low]}
                        """));
        STACK.prepare(apart);
        List<PlayedEvent> events = Payments.played(apart, STACK.registry()).subList(0, 20);
        try (RunMetrics metrics = new RunMetrics();
                MetricsServer server = MetricsServer.start("localhost", 0, metrics::scrape);
                Planes planes = Planes.start(
                        apart, Planes.Settings.brisk(STACK.work(), 1).with(metrics));
                Records records = new Records(STACK.bootstrap())) {
            planes.awaitRunning(progress -> {});
            records.sendAll(apart.events().topic(), events);
            return Scrape.await(server.url(), now -> now.sum("tributary_scoring_predictions_total") == 20);
        }
    }

    private static double scoring(String name) {
        return scrape.sum("tributary_scoring_" + name, Map.of("ensemble", "told"));
    }

    private static double learning(String name) {
        return scrape.sum("tributary_learning_" + name, Map.of("ensemble", "told"));
    }

    @Test
    void scoringPlane_tellsWhatBecameOfEvents() {
        assertThat(scoring("predictions_total")).isEqualTo(EVENTS);
        assertThat(scoring("latency_seconds_count")).isEqualTo(EVENTS);
        assertThat(scrape.sum("tributary_scoring_latency_seconds_bucket", Map.of("le", "+Inf")))
                .isEqualTo(EVENTS);
        assertThat(scoring("latency_seconds_sum")).isPositive();
        assertThat(scoring("batched_events_total")).isEqualTo(EVENTS);
        assertThat(scoring("batches_total")).isBetween(3.0, (double) EVENTS);
        assertThat(scoring("degraded_total")).isZero();
        assertThat(scoring("weights_version")).isEqualTo(EVENTS);
        assertThat(scoring("deadline_seconds")).isEqualTo(spec.deadline().toMillis() / 1e3);
        assertThat(scrape.labels("tributary_scoring_member_missing_total", "member"))
                .isEqualTo(new TreeSet<>(spec.memberNames()));
        assertThat(scrape.labels("tributary_scoring_member_missing_total", "reason"))
                .contains("late", "put-aside");
        assertThat(scrape.sum("tributary_scoring_member_seconds_total", Map.of("member", "mlp")))
                .isPositive();
        assertThat(scrape.sum("tributary_scoring_dead_letters_total", Map.of("stage", "decode-event")))
                .isEqualTo(1);
    }

    @Test
    void learningPlane_tellsWhatBecameOfLabels() {
        assertThat(learning("running")).isEqualTo(1);
        assertThat(learning("predictions_total")).isEqualTo(EVENTS);
        assertThat(learning("outcomes_total")).isEqualTo(EVENTS);
        assertThat(learning("joined_total")).isEqualTo(EVENTS);
        assertThat(learning("learned_total")).isEqualTo(EVENTS);
        assertThat(learning("weights_version")).isEqualTo(EVENTS);
        assertThat(scrape.labels("tributary_learning_member_weight", "member"))
                .isEqualTo(new TreeSet<>(spec.memberNames()));
        assertThat(scrape.sum("tributary_learning_dead_letters_total", Map.of("stage", "decode-outcome")))
                .isEqualTo(1);
        assertThat(learning("pending_events")).isPositive();
    }

    @Test
    void dashboard_showsNothingButWhatIsTold() throws Exception {
        assertThat(Monitoring.inTheDashboard()).hasSizeGreaterThan(30);
        assertThat(told).containsAll(Monitoring.inTheDashboard());
        assertThat(Monitoring.dashboard().findValuesAsText("id")).doesNotHaveDuplicates();
    }

    @Test
    void alerts_askForNothingButWhatIsTold() throws Exception {
        List<Map<String, Object>> alerts = Monitoring.alerts();

        assertThat(alerts).hasSizeGreaterThan(10).allSatisfy(alert -> {
            assertThat(told)
                    .as((String) alert.get("alert"))
                    .containsAll(Monitoring.names((String) alert.get("expr")).stream()
                            .filter(name -> !name.equals(UP))
                            .toList());
            assertThat(alert.keySet()).isSubsetOf(Set.of("alert", "expr", "for", "labels", "annotations"));
            assertThat(((Map<?, ?>) alert.get("labels")).get("severity")).isIn("critical", "warning", "info");
            assertThat((String) ((Map<?, ?>) alert.get("annotations")).get("summary"))
                    .isNotBlank();
        });
        assertThat(alerts.stream().map(alert -> alert.get("alert")).toList()).doesNotHaveDuplicates();
    }

    @Test
    void page_explainsAllThatPlanesTell_andNothingElse() throws Exception {
        assertThat(Monitoring.onThePage())
                .isEqualTo(told.stream()
                        .filter(name -> name.startsWith("tributary_"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void filesForPrometheusAndGrafana_haveWhatTheseLookFor() throws Exception {
        for (String file : List.of("prometheus/prometheus.yml", "prometheus/local.yml")) {
            assertThat(Monitoring.yaml(file).get("rule_files")).as(file).isEqualTo(List.of("alerts.yml"));
            assertThat(Monitoring.renaming(file, "tributary").apply("a")).isEqualTo("a");
            assertThat(Monitoring.renaming(file, "flink")
                            .apply("flink_taskmanager_job_task_operator_tributary_ensemble_member_scoring_x"))
                    .isEqualTo("tributary_scoring_x");
        }
        assertThat(Monitoring.yaml("grafana/provisioning/datasources/prometheus.yml"))
                .containsKey("datasources");
        assertThat(Monitoring.yaml("grafana/provisioning/dashboards/tributary.yml"))
                .containsKey("providers");
    }

    @Test
    void names_ofAnExpression_areThoseOfMetricsAlone() {
        assertThat(Monitoring.names("""
                        sum by (member, reason) (rate(a_total{x="b_total{", y=~"$c"}[5m:1m])) / scalar(max(d:e offset 5m))
                          and on (x) group_left () label_replace(f, "g", "$1", "h", "(.+)") > 0.5 or i""")).containsExactly("a_total", "d:e", "f", "i");
    }
}
