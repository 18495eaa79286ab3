package io.tributary.dashboard.live;

import static io.tributary.dashboard.live.Scene.T0;
import static io.tributary.dashboard.live.Scene.member;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.core.DeadLetter;
import io.tributary.core.control.Control;
import io.tributary.core.control.Publication;
import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.TestSpecs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page is told of what happened. */
class LiveStateTest {

    private final EnsembleSpec spec = TestSpecs.of("a", "b");
    private final Scene scene = new Scene(spec);
    private long now = T0 + 3_600_000;
    private final LiveState state = new LiveState(spec, () -> now);

    @Test
    void whole_ofNothing_waitsAndNamesTheMembers() {
        JsonNode json = state.whole(T0);

        assertThat(json.get("health").get("level").asText()).isEqualTo("wait");
        assertThat(json.get("health").get("reasons").get(0).asText()).contains("events");
        assertThat(json.get("members").findValuesAsText("name")).containsExactly("a", "b");
        assertThat(json.get("members").findValuesAsText("state")).containsOnly("waiting");
        assertThat(json.get("current").get("p50").isNull()).isTrue();
        assertThat(json.get("weights").get("points")).isEmpty();
        assertThat(json.get("predictions")).isEmpty();
    }

    @Test
    void current_ofPredictions_isOfTheLastTenSeconds() {
        for (int i = 0; i < 40; i++) {
            state.prediction(scene.prediction(T0 + i * 500, null, null, i % 4 == 0 ? "late" : null));
        }

        JsonNode current = state.whole(T0 + 20_000).get("current");

        assertThat(current.get("perSecond").asDouble()).isEqualTo(2);
        assertThat(current.get("degraded").asDouble()).isEqualTo(0.25);
        assertThat(current.get("p50").asDouble()).isBetween(3.5, 4.5);
        assertThat(current.get("seen").asLong()).isEqualTo(40);
        assertThat(state.whole(T0 + 60_000).get("current").get("perSecond").asDouble())
                .isZero();
    }

    @Test
    void flow_ofPredictions_hasAPointAStepAlsoWhereThereWereNone() {
        state.prediction(scene.prediction(T0, null, null, null));
        state.prediction(scene.prediction(T0 + 3000, null, null, null));

        JsonNode points = state.whole(T0 + 5000).get("flow").get("points");

        assertThat(points).hasSize(5);
        assertThat(points.get(0).get(0).asLong()).isEqualTo(T0);
        assertThat(List.of(0, 1, 2, 3, 4).stream().map(i -> points.get(i).get(1).asDouble()))
                .containsExactly(1.0, 0.0, 0.0, 1.0, 0.0);
        assertThat(points.get(1).get(2).isNull()).isTrue();
    }

    @Test
    void weights_published_areInTheTableAndTheSeries() {
        state.weights(Scene.weights(T0, null, 0.5, 0.5));
        state.weights(Scene.weights(T0 + 2000, null, 0.125, 0.875));

        JsonNode json = state.whole(T0 + 3000);

        assertThat(json.get("weights").get("names").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(json.get("weights").get("points").toString())
                .isEqualTo("[[" + T0 + ",[0.5,0.5]],[" + (T0 + 2000) + ",[0.125,0.875]]]");
        assertThat(member(json, "b").get("weight").asDouble()).isEqualTo(0.875);
    }

    @Test
    void weights_olderThanAnHour_areForgottenButForTheNewest() {
        state.weights(Scene.weights(T0, null, 0.5, 0.5));
        state.weights(Scene.weights(T0 + 2000, null, 0.25, 0.75));

        JsonNode points = state.whole(T0 + 7_200_000).get("weights").get("points");

        assertThat(points).hasSize(1);
        assertThat(points.get(0).get(1).get(1).asDouble()).isEqualTo(0.75);
    }

    @Test
    void losses_reported_haveCountsAndMeansOfEveryScorer() {
        state.metrics(Scene.metrics(T0, 100, List.of(), 0.4, 0.3, 0.25, 0.35));

        JsonNode json = state.whole(T0 + 1000);

        assertThat(json.get("losses").get("names").toString()).isEqualTo("[\"a\",\"b\",\"fused\",\"uniform\"]");
        assertThat(json.get("losses").get("points").toString())
                .isEqualTo("[[" + T0 + ",[100,100,100,100],[0.4,0.3,0.25,0.35]]]");
        assertThat(member(json, "a").get("loss").asDouble()).isEqualTo(0.4);
        assertThat(json.get("calibration").get("bins").get("fused").toString()).isEqualTo("[[0.25,0.3,100]]");
    }

    @Test
    void marks_ofAlarmsAndSwaps_stayForAnHour() {
        state.metrics(Scene.metrics(T0, 100, List.of(new Metrics.Alarm("b", "adwin", 0.02, 0.04)), 0.4, 0.3));
        state.control(Control.bundle("test", "p", 2, T0 + 1000, 0, 1, new byte[] {1}));
        assertThat(member(state.whole(T0 + 1500), "a").get("state").asText()).isEqualTo("swapping");
        state.control(Control.answer("test", new Publication("p", 2, new byte[0]), T0, "score", 0, 1, null));
        state.control(Control.decision("test", "p", 2, T0 + 2000, null));
        state.control(Control.decision("test", "q", 3, T0 + 3000, "no file"));

        JsonNode json = state.whole(T0 + 4000);

        assertThat(json.get("marks").findValuesAsText("kind")).containsExactly("drift", "swap", "refused");
        assertThat(json.get("marks").get(0).get("text").asText())
                .isEqualTo("Losses of b have risen: from 0.02000 to 0.04000, after 100 labels (adwin)");
        assertThat(member(json, "a").get("state").asText()).isNotEqualTo("swapping");
        state.prediction(scene.prediction(T0 + 4000, null, null, null));
        JsonNode health = state.whole(T0 + 4100).get("health");
        assertThat(health.get("level").asText()).isEqualTo("warn");
        assertThat(health.get("reasons").toString()).contains("losses of b have risen");
        assertThat(state.whole(T0 + 3_602_500).get("marks").findValuesAsText("kind"))
                .containsExactly("refused");
    }

    @Test
    void letters_newest_comeFirstWithTheReason() {
        state.deadLetter(letter(1, T0));
        state.deadLetter(letter(2, T0 + 500));

        JsonNode json = state.whole(T0 + 1000);

        assertThat(json.get("letters").findValuesAsText("reason")).containsExactly("why 2", "why 1");
        assertThat(json.get("current").get("lettersRecent").asInt()).isEqualTo(2);
    }

    private static DeadLetter letter(long offset, long at) {
        return new DeadLetter("t", 0, offset, "decode-event", "why " + offset, null, new byte[3], 3, null, at);
    }

    @Test
    void predictions_readInAnyOrder_areListedNewestFirstAndBounded() {
        for (int i = 0; i < 100; i++) {
            state.prediction(scene.prediction(T0 + (i * 37 % 100) * 1000, null, null, null));
        }

        JsonNode listed = state.whole(T0 + 100_000).get("predictions");

        assertThat(listed).hasSize(40);
        assertThat(listed.get(0).get("at").asLong()).isEqualTo(T0 + 99_000);
        assertThat(listed.get(39).get("at").asLong()).isEqualTo(T0 + 60_000);
    }

    @Test
    void records_fromTheFuture_hideNothingOfBeforeOrAfter() {
        now = T0;
        long later = T0 + 400L * 86_400_000;
        state.prediction(scene.prediction(T0 - 60_000, null, null, null));
        state.weights(Scene.weights(T0 - 60_000, null, 0.5, 0.5));
        state.metrics(Scene.metrics(T0 - 60_000, 100, List.of(), 0.4, 0.3));
        state.deadLetter(letter(1, T0 - 60_000));

        state.prediction(scene.prediction(later, null, null, null));
        state.weights(Scene.weights(later, null, 0.25, 0.75));
        state.metrics(Scene.metrics(later, 200, List.of(new Metrics.Alarm("b", "adwin", 0.02, 0.04)), 0.4, 0.3));
        state.deadLetter(letter(2, later));
        state.control(Control.bundle("test", "p", 2, later, 0, 1, new byte[] {1}));

        now = T0 + 30_000;
        for (int i = 0; i < 10; i++) {
            state.prediction(scene.prediction(now - 10_000 + i * 1000, null, null, null));
        }
        state.weights(Scene.weights(now, null, 0.125, 0.875));
        state.metrics(Scene.metrics(now, 300, List.of(), 0.2, 0.3));
        state.deadLetter(letter(3, now));

        JsonNode json = state.whole(now);
        assertThat(json.get("current").get("seen").asInt()).isEqualTo(12);
        assertThat(json.get("current").get("newest").asLong()).isEqualTo(now - 1000);
        assertThat(json.get("current").get("perSecond").asDouble()).isEqualTo(1);
        assertThat(json.get("current").get("letters").asInt()).isEqualTo(3);
        assertThat(member(json, "b").get("weight").asDouble()).isEqualTo(0.875);
        assertThat(json.get("weights").get("points")).hasSize(3);
        assertThat(member(json, "a").get("loss").asDouble()).isEqualTo(0.2);
        assertThat(json.get("losses").get("points")).hasSize(3);
        assertThat(json.get("letters").findValuesAsText("reason")).containsExactly("why 3", "why 2", "why 1");
        assertThat(json.get("predictions").get(0).get("at").asLong()).isEqualTo(now - 1000);
        JsonNode idle = state.whole(now + 1_200_000);
        assertThat(idle.get("health").get("level").asText()).isEqualTo("idle");
        assertThat(idle.get("health").get("reasons").toString()).doesNotContain("have risen", "being loaded");
        assertThat(state.whole(now + 7_200_000).get("marks")).isEmpty();
    }

    @Test
    void segments_seen_haveTrafficAndTheirWeightsUntilTheseAreForgotten() {
        state.prediction(scene.prediction(T0, "de", null, null));
        state.prediction(scene.prediction(T0 + 1, "de", null, null));
        state.prediction(scene.prediction(T0 + 2, "fr", null, null));
        state.weights(Scene.weights(T0, "fr", 0.25, 0.75));

        JsonNode shown = state.whole(T0 + 1000).get("segments").get("shown");

        assertThat(shown.findValuesAsText("name")).containsExactly("de", "fr");
        assertThat(shown.get(0).get("traffic").asDouble()).isEqualTo(0.666667);
        assertThat(shown.get(0).get("weights").isNull()).isTrue();
        assertThat(shown.get(1).get("weights").toString()).isEqualTo("[0.25,0.75]");
        state.forgotten("fr");
        assertThat(state.whole(T0 + 1000)
                        .get("segments")
                        .get("shown")
                        .get(1)
                        .get("weights")
                        .isNull())
                .isTrue();
    }

    @Test
    void changes_afterAWhole_areWhatCameSince() {
        state.weights(Scene.weights(T0, null, 0.5, 0.5));
        state.changes(T0 + 100);

        assertThat(state.changes(T0 + 200)).isNull();

        state.weights(Scene.weights(T0 + 1000, null, 0.25, 0.75));
        JsonNode changes = state.changes(T0 + 1100);
        assertThat(changes.get("weights").get("points").toString()).isEqualTo("[[" + (T0 + 1000) + ",[0.25,0.75]]]");
        assertThat(changes.has("members")).isTrue();
        assertThat(changes.has("predictions")).isFalse();
        assertThat(changes.has("losses")).isFalse();
    }

    @Test
    void whole_askedByAnotherPage_takesNothingFromTheChangesOfTheFirst() {
        state.changes(T0);
        state.prediction(scene.prediction(T0, null, null, null));
        state.prediction(scene.prediction(T0 + 1000, null, null, null));
        state.whole(T0 + 2500);

        JsonNode points = state.changes(T0 + 2600).get("flow").get("points");

        assertThat(points.get(0).get(0).asLong()).isEqualTo(T0);
        assertThat(points).hasSize(2);
    }

    @Test
    void health_whileTheTopicsCannotBeRead_saysSo() {
        state.prediction(scene.prediction(T0, null, null, null));
        state.readable("Kafka at k:1 cannot be read, trying again");

        JsonNode health = state.whole(T0 + 1000).get("health");

        assertThat(health.get("level").asText()).isEqualTo("bad");
        assertThat(health.get("reasons").get(0).asText()).startsWith("Kafka at k:1");
        state.readable(null);
        assertThat(state.whole(T0 + 1000).get("health").get("level").asText()).isEqualTo("good");
        assertThat(state.whole(T0 + 120_000).get("health").get("level").asText())
                .isEqualTo("idle");
    }
}
