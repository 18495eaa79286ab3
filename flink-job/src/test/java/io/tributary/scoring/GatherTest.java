package io.tributary.scoring;

import static io.tributary.scoring.GatherHarness.one;
import static io.tributary.scoring.GatherHarness.opened;
import static io.tributary.scoring.GatherHarness.two;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Step;
import io.tributary.core.spec.EnsembleSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What slot groups say becomes predictions: once all have spoken, or by the deadline of a second. */
class GatherTest {

    private static final long DUE = 1000 + 10;

    @TempDir
    Path folder;

    private EnsembleSpec spec;

    @BeforeEach
    void threeMembersInTwoSlots() throws Exception {
        spec = GatherHarness.spec(folder);
    }

    /** A gather, with the slot groups known to be there. */
    private GatherHarness open() throws Exception {
        GatherHarness harness = GatherHarness.of(spec, 1, 0);
        harness.open();
        harness.hear();
        return harness;
    }

    @Test
    void event_onceAllGroupsHaveAnswered_isFused_whateverCameFirst() throws Exception {
        List<Part> parts = List.of(opened("e", 5, 0), one("e", 5, 0.1, 0.3), two("e", 5, 0.2));
        for (int[] order : new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}) {
            try (var harness = open()) {
                harness.send(parts.get(order[0]), parts.get(order[1]));
                assertThat(harness.predictions()).as(Arrays.toString(order)).isEmpty();

                harness.send(parts.get(order[2]));

                assertThat(harness.predictions()).singleElement().satisfies(prediction -> {
                    assertThat(prediction.members()).containsExactly("a", "b", "c");
                    assertThat(prediction.scores()).containsExactly(0.1, 0.2, 0.3);
                    assertThat(prediction.degraded()).isFalse();
                    assertThat(prediction.eventTimeMillis()).isEqualTo(7);
                });
                assertThat(harness.remembered()).isZero();
            }
        }
    }

    @Test
    void latencies_areThoseOfTheSlowestGroup_andAddUpToTheTimeSinceArrival() throws Exception {
        try (var harness = open()) {
            harness.setProcessingTime(5000);
            harness.send(opened("e", 5, 4900), one("e", 5, 0.1, 0.3), two("e", 5, 0.2));

            assertThat(harness.predictions()).singleElement().satisfies(prediction -> {
                Prediction.Latencies latencies = prediction.latencies();
                assertThat(latencies.waitMicros()).isEqualTo(2500);
                assertThat(latencies.membersMicros()).isEqualTo(5100 - 2500);
                assertThat(latencies.totalMicros()).isEqualTo(100_000);
                assertThat(latencies.tookMicros()).containsExactly(10, 30, 20);
            });
        }
    }

    @Test
    void groupThatIsSilent_isLate_andItsAnswerAfterwardsEmitsNothing() throws Exception {
        try (var harness = open()) {
            harness.setProcessingTime(5000);
            harness.send(opened("e", 5, 4900), one("e", 5, 0.1, 0.3));
            harness.setProcessingTime(4900 + DUE - 1);
            assertThat(harness.predictions()).isEmpty();

            harness.setProcessingTime(4900 + DUE);
            harness.send(two("e", 5, 0.2));

            assertThat(harness.predictions()).singleElement().satisfies(prediction -> {
                assertThat(prediction.missing()).containsExactly(null, "late", null);
                assertThat(prediction.latencies().tookMicros()).containsExactly(10, -1, 20);
                assertThat(prediction.scores()).containsExactly(0.1, Double.NaN, 0.3);
            });
            assertThat(harness.remembered()).isZero();
            assertThat(harness.numProcessingTimeTimers()).isZero();
        }
    }

    @Test
    void noGroupAnswers_saysSoByTheDeadline() throws Exception {
        try (var harness = open()) {
            harness.setProcessingTime(5000);
            harness.send(opened("e", 5, 5000));
            harness.setProcessingTime(5000 + DUE);

            assertThat(harness.predictions())
                    .singleElement()
                    .satisfies(prediction -> assertThat(prediction.withheld()).isEqualTo("no member answered"));
        }
    }

    @Test
    void memberThatIsMissing_isSoWithItsGroupsReason() throws Exception {
        try (var harness = open()) {
            harness.send(opened("e", 5, 0), one("e", 5, 0.1, 0.3), two("e", 5, Double.NaN));

            assertThat(harness.predictions())
                    .singleElement()
                    .satisfies(prediction -> assertThat(prediction.missing()).containsExactly(null, "put-aside", null));
        }
    }

    @Test
    void groupThatStillLoads_isWaitedFor() throws Exception {
        try (var harness = GatherHarness.of(spec, 1, 0)) {
            harness.open();
            harness.setProcessingTime(5000);
            harness.send(opened("e", 5, 5000), one("e", 5, 0.1, 0.3));
            harness.setProcessingTime(5000 + 10 * DUE);
            assertThat(harness.predictions()).isEmpty();

            harness.send(two("e", 5, 0.2));

            assertThat(harness.predictions()).noneMatch(Prediction::degraded).hasSize(1);
        }
    }

    @Test
    void twoEventsOfOneId_areTwoPredictions_inTheirOrder() throws Exception {
        try (var harness = open()) {
            harness.setProcessingTime(1);
            harness.send(opened("e", 5, 1), opened("e", 6, 1));
            harness.send(one("e", 6, 0.6, 0.6), two("e", 6, 0.6));
            assertThat(harness.predictions()).as("the first is not complete").isEmpty();

            harness.send(two("e", 5, 0.5), one("e", 5, 0.5, 0.5));

            assertThat(harness.predictions())
                    .extracting(prediction -> prediction.scores()[0])
                    .containsExactly(0.5, 0.6);
            assertThat(harness.remembered()).isZero();
        }
    }

    @Test
    void twoEventsOfOneIdFromTwoPartitions_doNotWaitForEachOther() throws Exception {
        try (var harness = open()) {
            long other = Event.position(1, 5);
            harness.send(opened("e", 5, 1), opened("e", other, 1));
            harness.send(one("e", other, 0.6, 0.6), two("e", other, 0.6));

            assertThat(harness.predictions())
                    .extracting(prediction -> prediction.scores()[0])
                    .containsExactly(0.6);
        }
    }

    @Test
    void stepOfALockstep_waitsForItsWeights_andHasNoDeadline() throws Exception {
        try (var harness = open()) {
            Event step = new Event("e", 7, null, new float[] {1}, new Step(3, true), 5, 1, null, 1);
            harness.send(Part.opened(step), one("e", 5, 0.1, 0.3), two("e", 5, 0.2));
            harness.setProcessingTime(100 * DUE);
            assertThat(harness.predictions()).isEmpty();

            harness.processBroadcastElement(new StreamRecord<>(Samples.weights(3, 0.5, 0.5)));

            assertThat(harness.predictions())
                    .singleElement()
                    .satisfies(prediction ->
                            assertThat(prediction.weightsVersion()).isEqualTo(3));
        }
    }

    @Test
    void restore_keepsWhatWasSaid_andLetsItWaitAnew() throws Exception {
        OperatorSubtaskState state;
        try (var harness = open()) {
            harness.setProcessingTime(5000);
            harness.send(opened("e", 5, 5000), one("e", 5, 0.1, 0.3), opened("gone", 6, 5000));
            state = harness.snapshot(1, 1);
        }
        try (var harness = GatherHarness.of(spec, 1, 0)) {
            harness.initializeState(state);
            harness.open();
            harness.setProcessingTime(5500);
            harness.hear();
            harness.setProcessingTime(5500 + DUE - 1);
            assertThat(harness.predictions()).isEmpty();
            harness.send(two("e", 5, 0.2));
            assertThat(harness.predictions()).hasSize(1).noneMatch(Prediction::degraded);

            harness.setProcessingTime(5500 + DUE);

            assertThat(harness.predictions()).extracting(Prediction::eventId).containsExactly("e", "gone");
        }
    }

    @Test
    void rescale_takesEachIdToOneSubtask() throws Exception {
        OperatorSubtaskState state;
        try (var harness = open()) {
            for (int i = 0; i < 50; i++) {
                harness.send(opened("e" + i, i, 0), one("e" + i, i, 0.1, 0.3));
            }
            state = harness.snapshot(1, 1);
        }
        List<String> ids = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var harness = GatherHarness.of(spec, 2, subtask)) {
                harness.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 128, 1, 2, subtask));
                harness.open();
                for (int i = 0; i < 50; i++) {
                    int owner = KeyGroupRangeAssignment.assignKeyToParallelOperator("e" + i, 128, 2);
                    if (owner == subtask) {
                        harness.send(two("e" + i, i, 0.2));
                    }
                }
                harness.predictions().forEach(prediction -> ids.add(prediction.eventId()));
            }
        }

        assertThat(ids).hasSize(50).doesNotHaveDuplicates();
    }
}
