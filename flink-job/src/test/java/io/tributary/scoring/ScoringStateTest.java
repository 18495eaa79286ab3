package io.tributary.scoring;

import static io.tributary.scoring.Samples.BATCH;
import static io.tributary.scoring.Samples.echo;
import static io.tributary.scoring.Samples.event;
import static io.tributary.scoring.Samples.fill;
import static io.tributary.scoring.Samples.open;
import static io.tributary.scoring.Samples.spec;
import static io.tributary.scoring.Samples.weights;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Step;
import io.tributary.core.member.FakeMemberFactory;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of events when a checkpoint is taken, the job is restored, or its input ends. */
class ScoringStateTest {

    @TempDir
    Path folder;

    @Test
    void snapshot_whileAMemberHangs_doesNotWaitAndRestoresWhatWasNotEmitted() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        FakeMemberFactory hanging =
                new FakeMemberFactory("rules").with("a", row -> waitFor(hang)).with("b", row -> 0.5);
        OperatorSubtaskState state;
        try (ScoringHarness harness = open(folder, hanging)) {
            for (int i = 0; i < 2 * BATCH + 1; i++) {
                harness.event(event(i));
            }
            harness.event(new Event("held", 0, null, new float[] {1}, new Step(9, false)));
            state = harness.snapshot(1, 1);
            assertThat(harness.predictions()).isEmpty();
            hang.countDown();
        }

        ScoringHarness restored = ScoringHarness.of(spec(folder), echo());
        try (restored) {
            restored.initializeState(state);
            restored.open();
            restored.weights(weights(9, 0.5, 0.5));
            restored.endOfEvents();

            assertThat(restored.predictions())
                    .extracting(Prediction::eventId)
                    .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "held");
            assertThat(restored.snapshot(2, 2).getManagedOperatorState())
                    .allSatisfy(handle -> assertThat(handle.getStateNameToPartitionOffsets()
                                    .get("unemitted-events")
                                    .getOffsets())
                            .isEmpty());
        }
    }

    @Test
    void rescale_inTheMiddleOfABatch_scoresEachEventOnce() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        FakeMemberFactory hanging =
                new FakeMemberFactory("rules").with("a", row -> waitFor(hang)).with("b", row -> 0.5);
        OperatorSubtaskState state;
        try (ScoringHarness harness = open(folder, hanging)) {
            for (int i = 0; i < 2 * BATCH + 1; i++) {
                harness.event(event(i));
            }
            state = harness.snapshot(1, 1);
            hang.countDown();
        }

        List<String> ids = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (ScoringHarness part = ScoringHarness.of(spec(folder), echo(), 2, subtask)) {
                part.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        state, ScoringHarness.MAX_PARALLELISM, 1, 2, subtask));
                part.open();
                part.endOfEvents();
                assertThat(part.predictions()).as("each subtask has some").isNotEmpty();
                part.predictions().forEach(prediction -> ids.add(prediction.eventId()));
            }
        }

        assertThat(ids).containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6", "7", "8");
    }

    @Test
    void eventThatComesTwice_isScoredTwice() throws Exception {
        try (ScoringHarness harness = open(folder, echo())) {
            harness.event(event(0));
            harness.event(event(0));
            harness.endOfEvents();

            assertThat(harness.predictions()).extracting(Prediction::eventId).containsExactly("0", "0");
        }
    }

    @Test
    void restore_underASpecWithOtherFeatures_isRefusedForGood() throws Exception {
        OperatorSubtaskState state;
        try (ScoringHarness harness = open(folder, echo())) {
            harness.event(event(0));
            state = harness.snapshot(1, 1);
        }
        Path wider = Files.writeString(
                folder.resolve("wider.yaml"),
                Files.readString(folder.resolve("spec.yaml")).replace("features: [x]", "features: [x, y]"));
        try (ScoringHarness restored = ScoringHarness.of(SpecParser.parse(wider), echo())) {
            restored.initializeState(state);

            assertThatThrownBy(restored::open)
                    .isInstanceOf(SuppressRestartsException.class)
                    .rootCause()
                    .hasMessageContainingAll("1 unscored events", "1 feature columns", "now has 2", "former spec");
        }
    }

    @Test
    void endOfInput_withAPartialBatchAndHeldEvents_emitsAll() throws Exception {
        try (ScoringHarness harness = open(folder, echo())) {
            harness.event(event(0));
            harness.event(new Event("held", 0, null, new float[] {1}, new Step(99, false)));

            harness.endOfEvents();

            assertThat(harness.predictions()).extracting(Prediction::eventId).containsExactly("0", "held");
        }
    }

    @Test
    void close_afterUse_closesEveryMember() throws Exception {
        FakeMemberFactory factory = echo();
        try (ScoringHarness harness = open(folder, factory)) {
            fill(harness, 0);
            harness.await(BATCH);
        }
        assertThat(factory.opened("a")).singleElement().matches(member -> member.isClosed());
        assertThat(factory.opened("b")).singleElement().matches(member -> member.isClosed());
    }

    private static double waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0.5;
    }
}
