package io.tributary.scoring;

import static io.tributary.scoring.GatherHarness.one;
import static io.tributary.scoring.GatherHarness.two;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Prediction;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State that an earlier build has written is restored by this one, and by a later version of the spec. */
class FormerStateTest {

    @TempDir
    Path folder;

    @Test
    void unscoredEvents_areScored_inTheirOrder() throws Exception {
        try (ScoringHarness harness = ScoringHarness.of(Samples.spec(folder), Samples.echo())) {
            harness.initializeState(FormerState.of("scoring"));
            harness.open();

            assertThat(harness.await(4)).extracting(Prediction::eventId).containsExactly("e0", "e1", "e2", "e3");
            assertThat(harness.predictions().get(3).segment()).isEqualTo("de");
            harness.weights(Samples.weights(7, 0.5, 0.5));
            assertThat(harness.await(5).get(4).eventId()).isEqualTo("held");
        }
    }

    @Test
    void whatWasGathered_isFusedWithWhatComes() throws Exception {
        try (GatherHarness harness = GatherHarness.of(GatherHarness.spec(folder), 1, 0)) {
            harness.initializeState(FormerState.of("gather"));
            harness.open();
            harness.send(two("e", 5, 0.2), one("f", 6, 0.4, 0.4), two("f", 6, 0.4));

            assertThat(harness.predictions()).extracting(Prediction::eventId).containsExactly("e", "f");
            assertThat(harness.predictions().get(0).scores()).containsExactly(0.1, 0.2, 0.3);
            assertThat(harness.predictions()).noneMatch(Prediction::degraded);
        }
    }

    @Test
    void sequences_goOn() throws Exception {
        try (var harness = FormerState.sequencesHarness(folder)) {
            harness.initializeState(FormerState.of("sequences"));
            harness.open();
            harness.processElement(FormerState.onCard(3), 0);

            assertThat(harness.extractOutputValues().get(0).features()).containsExactly(1, 2, 3);
        }
    }
}
