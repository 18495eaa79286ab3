package io.tributary.learning;

import static io.tributary.learning.Samples.START;
import static io.tributary.learning.Samples.outcome;
import static io.tributary.learning.Samples.prediction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.offset;

import io.tributary.core.Weights;
import io.tributary.core.measure.Metrics;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

/** What the plane tells of itself. */
class ToldTest {

    private static final Map<String, String> OF_TOY = Map.of("ensemble", "toy");

    /** Labels other than the ensemble's, after the name. */
    private static Map<String, Double> byName(List<Told> told) {
        Map<String, Double> values = new HashMap<>();
        for (Told each : told) {
            Map<String, String> labels = new HashMap<>(each.labels());
            assertThat(labels.remove("ensemble")).isEqualTo("toy");
            values.put(labels.isEmpty() ? each.name() : each.name() + labels, each.value());
        }
        return values;
    }

    @Test
    void told_afterSomeLabels_countsThemAndSaysWhatWasLearned() throws IOException {
        try (Harness harness = new Harness(Samples.spec())) {
            harness.send(prediction("e1", 0.1, 0.5, 0.9));
            harness.send(prediction("e2", 0.1, 0.5, 0.9));
            harness.send(prediction("another", "e3", 0.1, 0.5, 0.9));
            harness.send(outcome("e1", 1));
            harness.sendOutcome(null, new byte[] {9});
            harness.sendOutcome(null, null);
            harness.sendPrediction(null, null);
            assertThat(byName(harness.told())).contains(entry("weights-version", 0.0));
            harness.advance(Duration.ofSeconds(1));

            assertThat(byName(harness.told()))
                    .contains(
                            entry("predictions-total", 2.0),
                            entry("foreign-predictions-total", 1.0),
                            entry("outcomes-total", 1.0),
                            entry("joined-total", 1.0),
                            entry("learned-total", 1.0),
                            entry("weights-version", 1.0),
                            entry("dead-letters-total{stage=decode-outcome}", 1.0),
                            entry("dead-letters-total{stage=decode-prediction}", 0.0),
                            entry("nulls-skipped-total{stage=decode-outcome}", 1.0),
                            entry("nulls-skipped-total{stage=decode-prediction}", 1.0),
                            entry("drift-alarms-total{member=fused}", 0.0))
                    .containsKeys("pending-events", "expired-unlabelled-total")
                    .doesNotContainKey("dead-letters-total{stage=join-outcome}");
            assertThat(harness.told())
                    .filteredOn(each -> each.name().equals("member-weight"))
                    .extracting(each -> each.labels().get("member"))
                    .containsExactlyInAnyOrder("low", "middle", "high");
            assertThat(harness.told().stream()
                            .filter(each -> each.name().equals("member-weight"))
                            .mapToDouble(Told::value)
                            .sum())
                    .isCloseTo(1, offset(1e-9));
        }
    }

    @Test
    void told_ofAnAlarm_isCountedByWhoseLossRose() {
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
        NodeSensor sensor = new NodeSensor(context, "toy", "learn");
        LearnedMetrics learned = new LearnedMetrics(Samples.spec(), sensor, begun(), true);

        learned.reported(report(new Metrics.Alarm("low", "adwin", 0.1, 0.2), new Metrics.Alarm("gone", "adwin", 0, 1)));
        learned.reported(report(new Metrics.Alarm("low", "page-hinkley", 0.1, 0.2)));

        assertThat(byName(Told.in(context.metrics().metrics(), "toy")))
                .contains(entry("drift-alarms-total{member=low}", 2.0), entry("drift-alarms-total{member=high}", 0.0));
    }

    @Test
    void told_whereNoFeedbackComes_isNothing() {
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();

        LearnedMetrics idle =
                new LearnedMetrics(Samples.spec(), new NodeSensor(context, "toy", "learn"), begun(), false);
        idle.reported(report(new Metrics.Alarm("low", "adwin", 0.1, 0.2)));

        assertThat(Told.in(context.metrics().metrics(), "toy")).isEmpty();
    }

    private static Weights begun() {
        return new Learned(Samples.spec()).weights(START.toEpochMilli());
    }

    private static Metrics report(Metrics.Alarm... alarms) {
        return new Metrics(
                "toy", 1, Metrics.Scope.CUMULATIVE, 0, 1, 1, 1, 0, 0, List.of(), List.of(alarms), START.toEpochMilli());
    }

    @Test
    void sensor_openedAgainWithoutBeingClosed_tellsWhatIsNew() {
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
        Counters lost = new Counters(new NodeSensor(context, "toy", "decode-outcome"));
        lost.add(Counter.OUTCOMES);
        NodeSensor revived = new NodeSensor(context, "toy", "decode-outcome");
        new Counters(revived);

        assertThat(Told.in(context.metrics().metrics(), "toy")).contains(new Told("outcomes-total", OF_TOY, 0.0));
        revived.close();
        assertThat(Told.in(context.metrics().metrics(), "toy")).isEmpty();
    }
}
