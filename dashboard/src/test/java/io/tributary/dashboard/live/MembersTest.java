package io.tributary.dashboard.live;

import static io.tributary.dashboard.live.Scene.T0;
import static io.tributary.dashboard.live.Scene.member;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.core.Prediction;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.TestSpecs;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page is told of the members. */
class MembersTest {

    private final EnsembleSpec spec = TestSpecs.of("a", "b");
    private final Scene scene = new Scene(spec);
    private long now = T0 + 3_600_000;
    private final LiveState state = new LiveState(spec, () -> now);

    @Test
    void members_whereOneFailsForASecond_areSilentAndHealthSaysWhy() {
        state.prediction(scene.prediction(T0, null, null, null));
        for (int i = 0; i <= 4; i++) {
            state.prediction(scene.prediction(T0 + 1000 + i * 250, null, null, "error"));
        }

        JsonNode json = state.whole(T0 + 2500);

        assertThat(member(json, "a").get("silent").asBoolean()).isFalse();
        assertThat(member(json, "b").get("silent").asBoolean()).isTrue();
        assertThat(member(json, "b").get("why").asText()).isEqualTo("it failed on this event");
        assertThat(json.get("health").get("level").asText()).isEqualTo("bad");
        assertThat(json.get("health").get("reasons").get(0).asText()).startsWith("b answers nothing");

        state.prediction(scene.prediction(T0 + 3000, null, null, null));
        assertThat(member(state.whole(T0 + 3100), "b").get("silent").asBoolean())
                .isFalse();
    }

    @Test
    void members_thatMissADeadlineNowAndThen_areNotSilent() {
        for (int i = 0; i < 20; i++) {
            state.prediction(scene.prediction(T0 + i * 200, null, null, i % 2 == 0 ? "late" : null));
        }

        JsonNode b = member(state.whole(T0 + 4000), "b");

        assertThat(b.get("silent").asBoolean()).isFalse();
        assertThat(b.get("answered").asDouble()).isEqualTo(0.5);
        assertThat(b.get("took").asDouble()).isBetween(1.7, 2.3);
    }

    @Test
    void members_putAsideOrWithNothingToSay_areCalledThat() {
        for (int i = 0; i <= 10; i++) {
            state.prediction(scene.prediction(T0 + i * 200, null, "not-a-number", "put-aside"));
        }

        JsonNode json = state.whole(T0 + 2100);

        assertThat(member(json, "a").get("state").asText()).isEqualTo("abstains");
        assertThat(member(json, "a").get("silent").asBoolean()).isFalse();
        assertThat(member(json, "b").get("state").asText()).isEqualTo("put aside");
        assertThat(member(json, "b").get("silent").asBoolean()).isTrue();
    }

    @Test
    void members_whenTheSpecIsNewerThanWhatScores_areThoseThatScore() {
        LiveState newer = new LiveState(TestSpecs.of(List.of("b", "c"), "version: 9\n"), () -> now);
        assertThat(newer.whole(T0).get("about").get("version").isNull()).isTrue();

        newer.prediction(scene.prediction(T0, null, null, null));

        JsonNode json = newer.whole(T0 + 1000);
        assertThat(json.get("members").findValuesAsText("name")).containsExactly("a", "b");
        assertThat(json.get("members").findValuesAsText("state")).containsOnly("live");
        assertThat(json.get("about").get("version").asInt()).isEqualTo(spec.version());
        assertThat(member(json, "a").get("version").asInt()).isEqualTo(spec.version());
    }

    @Test
    void members_withAShortChecksum_showAllOfIt() {
        Prediction whole = scene.prediction(T0, null, null, null);
        Arrays.fill(whole.checksums(), new byte[] {(byte) 0xab, 1});

        state.prediction(whole);

        assertThat(member(state.whole(T0), "a").get("checksum").asText()).isEqualTo("ab01");
    }
}
