package io.tributary.scoring;

import static io.tributary.scoring.Samples.event;
import static io.tributary.scoring.Samples.fill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.Prediction;
import io.tributary.core.control.Control;
import io.tributary.core.member.FakeMemberFactory;
import io.tributary.core.spec.EnsembleSpec;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** By which version of the spec an operator begins, and scores what it was restored with. */
class StartVersionTest extends TwoVersions {

    @Test
    void operatorThatStartsAfterACommit_beginsWithThatVersion() throws Exception {
        control.publish("p", second);
        control.decide("p", second, null);
        try (ScoringHarness harness = open()) {
            fill(harness, 0);

            assertThat(harness.await(4)).extracting(Prediction::specVersion).containsOnly(2);
            assertThat(members.opened("a")).isEmpty();
        }
    }

    @Test
    void operatorThatStartsWhileAVersionWaits_loadsAndAnswersForIt() throws Exception {
        control.publish("p", second);
        try (ScoringHarness harness = open()) {
            assertThat(awaitAnswer(1).kind()).isEqualTo(Control.Kind.READY);
            commit("p", second, harness);
            fill(harness, 0);

            assertThat(harness.await(4)).extracting(Prediction::specVersion).containsOnly(2);
        }
    }

    @Test
    void jobStartedWithANewerVersion_thanTheOneCommitted_keepsItsOwn() throws Exception {
        control.publish("p", second);
        control.decide("p", second, null);
        first = version(3, "  a: {rules", "  c: {rules");
        try (ScoringHarness harness = open()) {
            fill(harness, 0);

            assertThat(harness.await(4)).extracting(Prediction::specVersion).containsOnly(3);
        }
    }

    @Test
    void publishedVersionThatDoesNotFitTheJob_isSaidAndNotStarted() throws Exception {
        EnsembleSpec other = version(2, "features: [x]", "features: [x, y]");
        control.publish("p", other);
        control.decide("p", other, null);
        ScoringHarness harness = ScoringHarness.of(first, members, control);

        assertThatThrownBy(harness::open)
                .hasRootCauseMessage("the job was started with version 1 of test, and version 2 was published since,"
                        + " which does not fit it: features differs from the running version's, which makes another"
                        + " job; stop the running one with a savepoint and start this one from it; start the job"
                        + " with that version or a later one");
    }

    @Test
    void stateOfALaterVersion_isScoredByTheOneThatTheJobIsStartedWith() throws Exception {
        Semaphore never = new Semaphore(0);
        FakeMemberFactory hanging = waiting(never);
        try (ScoringHarness harness = ScoringHarness.of(first, hanging)) {
            harness.open();
            harness.event(event(0).scoredBy(9));
            var state = harness.snapshot(1, 1);
            never.release(100);
            try (ScoringHarness restored = ScoringHarness.of(first, members)) {
                restored.initializeState(state);
                restored.open();

                assertThat(restored.await(1))
                        .extracting(Prediction::specVersion)
                        .containsExactly(1);
            }
        }
    }

    @Test
    void stateOfTheFormerVersion_isScoredByTheNewOne() throws Exception {
        Semaphore never = new Semaphore(0);
        FakeMemberFactory hanging = waiting(never);
        try (ScoringHarness harness = ScoringHarness.of(first, hanging, control)) {
            harness.open();
            fill(harness, 0);
            var state = harness.snapshot(1, 1);
            never.release(100);
            control.publish("p", second);
            awaitAnswer(1);
            control.decide("p", second, null);

            try (ScoringHarness restored = ScoringHarness.of(first, members, control)) {
                restored.initializeState(state);
                restored.open();

                assertThat(restored.await(4))
                        .extracting(Prediction::specVersion)
                        .containsOnly(2);
            }
        }
    }
}
