package io.tributary.scoring;

import static io.tributary.scoring.Samples.event;
import static io.tributary.scoring.Samples.fill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.Prediction;
import io.tributary.core.control.Control;
import io.tributary.core.member.FakeMemberFactory;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new version of the spec takes over while events come: all at once, or not at all. */
class SwapTest {

    @TempDir
    Path folder;

    private final FakeControlLog control = new FakeControlLog();
    private final FakeMemberFactory members = new FakeMemberFactory("rules")
            .with("a", row -> 0.25)
            .with("b", row -> 0.5)
            .with("c", row -> 0.75);
    private EnsembleSpec first;
    private EnsembleSpec second;

    @BeforeEach
    void twoVersions() throws IOException {
        first = Samples.spec(folder);
        // Member a goes and c comes.
        second = version(2, "  a: {rules", "  c: {rules");
    }

    private EnsembleSpec version(int number, String from, String to) throws IOException {
        String yaml = Files.readString(Samples.file(folder)).replace(from, to) + "version: " + number + "\n";
        return SpecParser.parse(
                Files.writeString(folder.resolve("v" + number + "-" + Math.abs(to.hashCode()) + ".yaml"), yaml));
    }

    private ScoringHarness open() throws Exception {
        ScoringHarness harness = ScoringHarness.of(first, members, control);
        harness.open();
        return harness;
    }

    private Control awaitAnswer(int answers) {
        ScoringHarness.await(() -> control.answers().size() == answers, answers + " answers");
        return control.answers().get(answers - 1);
    }

    private void commit(String id, EnsembleSpec spec, ScoringHarness harness) {
        control.decide(id, spec, null);
        ScoringHarness.await(() -> harness.hasHeardOf(spec), "the commit heard");
    }

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

    @Test
    void stateOfALaterVersion_isScoredByTheOneThatTheJobIsStartedWith() throws Exception {
        Semaphore never = new Semaphore(0);
        FakeMemberFactory hanging = new FakeMemberFactory("rules")
                .with("a", row -> {
                    never.acquireUninterruptibly();
                    return 0.25;
                })
                .with("b", row -> 0.5);
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
    void stateOfTheFormerVersion_isScoredByTheNewOne() throws Exception {
        Semaphore never = new Semaphore(0);
        FakeMemberFactory hanging = new FakeMemberFactory("rules")
                .with("a", row -> {
                    never.acquireUninterruptibly();
                    return 0.25;
                })
                .with("b", row -> 0.5);
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
