package io.tributary.scoring;

import static io.tributary.scoring.Samples.event;
import static io.tributary.scoring.Samples.fill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.Prediction;
import io.tributary.core.control.Control;
import io.tributary.core.spec.EnsembleSpec;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** A new version of the spec takes over while events come: all at once, or not at all. */
class SwapTest extends TwoVersions {

    @Test
    void version_onceCommitted_scoresTheNextEvent_andNotBefore() throws Exception {
        try (ScoringHarness harness = open()) {
            fill(harness, 0);
            control.publish("p", second);
            assertThat(awaitAnswer(1)).satisfies(answer -> {
                assertThat(answer.kind()).isEqualTo(Control.Kind.READY);
                assertThat(answer.operator()).isEqualTo("score");
                assertThat(answer.subtasks()).isEqualTo(1);
            });
            fill(harness, 4);
            harness.await(8);
            commit("p", second, harness);
            fill(harness, 8);

            List<Prediction> predictions = harness.await(12);
            assertThat(predictions)
                    .extracting(Prediction::specVersion)
                    .containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2);
            assertThat(predictions.get(7).members()).containsExactly("a", "b");
            assertThat(predictions.get(8).members()).containsExactly("c", "b");
            assertThat(predictions.get(8).scores()).containsExactly(0.75, 0.5);
            ScoringHarness.await(() -> members.opened("a").get(0).isClosed(), "the former members closed");
        }
    }

    @Test
    void eventsGivenToTheFormerVersion_leaveFirst_andByIt() throws Exception {
        Semaphore permits = new Semaphore(0);
        members.with("a", row -> {
            permits.acquireUninterruptibly();
            return 0.25;
        });
        try (ScoringHarness harness = open()) {
            fill(harness, 0);
            control.publish("p", second);
            awaitAnswer(1);
            commit("p", second, harness);
            permits.release(100);
            harness.event(event(4));

            assertThat(harness.await(5)).extracting(Prediction::specVersion).containsExactly(1, 1, 1, 1, 2);
        }
    }

    @Test
    void versionThatCannotBeLoaded_isAnsweredFor_andChangesNothing() throws Exception {
        EnsembleSpec broken = version(2, "  a: {rules", "  unknown: {rules");
        try (ScoringHarness harness = open()) {
            control.publish("p", broken);
            assertThat(awaitAnswer(1)).satisfies(answer -> {
                assertThat(answer.kind()).isEqualTo(Control.Kind.UNABLE);
                assertThat(answer.problem()).isEqualTo("there is no fake member unknown");
            });
            control.decide("p", broken, "there is no fake member unknown");
            fill(harness, 0);
            assertThat(harness.await(4)).extracting(Prediction::specVersion).containsOnly(1);

            control.publish("q", second);
            assertThat(awaitAnswer(2).kind()).isEqualTo(Control.Kind.READY);
        }
    }

    @Test
    void versionThatMakesAnotherJob_isAnsweredFor() throws Exception {
        EnsembleSpec other = version(2, "features: [x]", "features: [x, y]");
        try (ScoringHarness harness = open()) {
            control.publish("p", other);

            assertThat(awaitAnswer(1).problem()).startsWith("features differs from the running version's");
        }
    }

    @Test
    void versionThatIsRefused_isUnloaded() throws Exception {
        try (ScoringHarness harness = open()) {
            control.publish("p", second);
            awaitAnswer(1);
            control.decide("p", second, "somebody else could not load it");

            ScoringHarness.await(() -> members.opened("c").get(0).isClosed(), "the refused version closed");
            fill(harness, 0);
            assertThat(harness.await(4)).extracting(Prediction::specVersion).containsOnly(1);
        }
    }

    /** It can only be a publisher that did not wait; starting again loads the version. */
    @Test
    void versionCommittedWithoutBeingLoaded_failsTheTask() throws Exception {
        EnsembleSpec broken = version(2, "  a: {rules", "  unknown: {rules");
        try (ScoringHarness harness = open()) {
            control.publish("p", broken);
            awaitAnswer(1);
            control.decide("p", broken, null);

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100_000; i++) {
                            harness.event(event(i));
                            harness.await(i + 1);
                        }
                    })
                    .hasMessageContaining("cannot be followed any more")
                    .hasRootCauseMessage("version 2 of test was committed, though this subtask has not loaded it; it"
                            + " starts again to do so");
        }
    }

    /** A subtask without events has two versions beside the one in use. */
    @Test
    void versionsCommittedWithoutAnEventBetween_areBothClosedInTheEnd_andTheLastScores() throws Exception {
        EnsembleSpec third = version(3, "  b: {rules", "  d: {rules");
        members.with("d", row -> 0.9);
        try (ScoringHarness harness = open()) {
            control.publish("p", second);
            awaitAnswer(1);
            commit("p", second, harness);
            control.publish("q", third);
            assertThat(awaitAnswer(2).kind()).isEqualTo(Control.Kind.READY);
            harness.event(event(0));
            assertThat(harness.await(1))
                    .as("the third is not committed")
                    .extracting(Prediction::specVersion)
                    .containsExactly(2);
            commit("q", third, harness);
            EnsembleSpec fourth = version(4, "  b: {rules", "  d: {rules ");
            control.publish("r", fourth);
            awaitAnswer(3);
            commit("r", fourth, harness);
            harness.event(event(1));

            assertThat(harness.await(2)).extracting(Prediction::specVersion).containsExactly(2, 4);
            ScoringHarness.await(() -> members.opened("d").get(0).isClosed(), "the version passed over closed");
        }
    }

    @Test
    void refusedVersion_afterACommitThatMetNoEvent_changesNothing() throws Exception {
        EnsembleSpec third = version(3, "  b: {rules", "  d: {rules");
        members.with("d", row -> 0.9);
        try (ScoringHarness harness = open()) {
            control.publish("p", second);
            awaitAnswer(1);
            commit("p", second, harness);
            control.publish("q", third);
            awaitAnswer(2);
            control.decide("q", third, "somebody could not load it");
            ScoringHarness.await(() -> members.opened("d").get(0).isClosed(), "the refused version closed");
            harness.event(event(0));

            assertThat(harness.await(1)).extracting(Prediction::specVersion).containsExactly(2);
        }
    }
}
