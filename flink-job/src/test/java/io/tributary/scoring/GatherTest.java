package io.tributary.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Step;
import io.tributary.core.Weights;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What slot groups say becomes predictions: once all have spoken, or by the deadline of a second. */
class GatherTest {

    private static final long DUE = 1000 + 10;
    private static final Prediction.Latencies LATENCIES_OF_TWO =
            new Prediction.Latencies(2000, 3000, 100, new long[] {10, 20});
    private static final Prediction.Latencies LATENCIES_OF_ONE =
            new Prediction.Latencies(2500, 500, 0, new long[] {30});

    @TempDir
    Path folder;

    private EnsembleSpec spec;

    @BeforeEach
    void threeMembersInTwoSlots() throws Exception {
        Path file = Files.writeString(folder.resolve("gather.yaml"), Files.readString(Samples.file(folder)) + """
                          c: {rules: [{when: x > 0.0, score: 0.5}]}
                        slots:
                          one: {members: [c, a]}
                          two: {members: [b]}
                        """);
        spec = SpecParser.parse(file);
    }

    /** A gather, with the slot groups known to be there. */
    private KeyedBroadcastOperatorTestHarness<String, Part, Weights, Prediction> open(OperatorSubtaskState state)
            throws Exception {
        var harness = harness(1, 0);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        hear(harness);
        return harness;
    }

    private KeyedBroadcastOperatorTestHarness<String, Part, Weights, Prediction> harness(int parallelism, int index)
            throws Exception {
        var operator = new CoBroadcastWithKeyedOperator<>(new Gather(ShippedSpec.of(spec)), List.of());
        return new KeyedBroadcastOperatorTestHarness<>(operator, Part::eventId, Types.STRING, 128, parallelism, index);
    }

    private static void hear(KeyedBroadcastOperatorTestHarness<String, Part, Weights, Prediction> harness)
            throws Exception {
        send(harness, one("heard", 900, 0.5, 0.5), two("heard", 900, 0.5), opened("heard", 900, 0));
        harness.getOutput().clear();
    }

    @SafeVarargs
    private static void send(
            KeyedBroadcastOperatorTestHarness<String, Part, Weights, Prediction> harness, Part... parts)
            throws Exception {
        for (Part part : parts) {
            harness.processElement(new StreamRecord<>(part));
        }
    }

    private static Part opened(String id, long position, long arrived) {
        return Part.opened(new Event(id, 7, null, new float[] {1}, null, position, arrived, null));
    }

    private static Part one(String id, long position, double a, double c) {
        return new Part(id, position, null, 0, new double[] {a, c}, null, LATENCIES_OF_TWO);
    }

    private static Part two(String id, long position, double b) {
        return new Part(
                id,
                position,
                null,
                1,
                new double[] {b},
                Double.isNaN(b) ? new String[] {"put-aside"} : null,
                LATENCIES_OF_ONE);
    }

    private static List<Prediction> predictions(AbstractStreamOperatorTestHarness<Prediction> harness) {
        List<Prediction> predictions = new ArrayList<>();
        harness.getRecordOutput().forEach(record -> predictions.add(record.getValue()));
        return predictions;
    }

    private static int remembered(KeyedBroadcastOperatorTestHarness<String, Part, Weights, Prediction> harness) {
        var operator = (AbstractStreamOperator<?>) harness.getOperator();
        return ((HeapKeyedStateBackend<?>) operator.getKeyedStateBackend()).numKeyValueStateEntries();
    }

    @Test
    void event_onceAllGroupsHaveAnswered_isFused_whateverCameFirst() throws Exception {
        List<Part> parts = List.of(opened("e", 5, 0), one("e", 5, 0.1, 0.3), two("e", 5, 0.2));
        for (int[] order : new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}) {
            try (var harness = open(null)) {
                send(harness, parts.get(order[0]), parts.get(order[1]));
                assertThat(predictions(harness)).as(Arrays.toString(order)).isEmpty();

                send(harness, parts.get(order[2]));

                assertThat(predictions(harness)).singleElement().satisfies(prediction -> {
                    assertThat(prediction.members()).containsExactly("a", "b", "c");
                    assertThat(prediction.scores()).containsExactly(0.1, 0.2, 0.3);
                    assertThat(prediction.degraded()).isFalse();
                    assertThat(prediction.eventTimeMillis()).isEqualTo(7);
                });
                assertThat(remembered(harness)).isZero();
            }
        }
    }

    @Test
    void latencies_areThoseOfTheSlowestGroup_andAddUpToTheTimeSinceArrival() throws Exception {
        try (var harness = open(null)) {
            harness.setProcessingTime(5000);
            send(harness, opened("e", 5, 4900), one("e", 5, 0.1, 0.3), two("e", 5, 0.2));

            assertThat(predictions(harness)).singleElement().satisfies(prediction -> {
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
        try (var harness = open(null)) {
            harness.setProcessingTime(5000);
            send(harness, opened("e", 5, 4900), one("e", 5, 0.1, 0.3));
            harness.setProcessingTime(4900 + DUE - 1);
            assertThat(predictions(harness)).isEmpty();

            harness.setProcessingTime(4900 + DUE);
            send(harness, two("e", 5, 0.2));

            assertThat(predictions(harness)).singleElement().satisfies(prediction -> {
                assertThat(prediction.missing()).containsExactly(null, "late", null);
                assertThat(prediction.latencies().tookMicros()).containsExactly(10, -1, 20);
                assertThat(prediction.scores()).containsExactly(0.1, Double.NaN, 0.3);
            });
            assertThat(remembered(harness)).isZero();
            assertThat(harness.numProcessingTimeTimers()).isZero();
        }
    }

    @Test
    void noGroupAnswers_saysSoByTheDeadline() throws Exception {
        try (var harness = open(null)) {
            harness.setProcessingTime(5000);
            send(harness, opened("e", 5, 5000));
            harness.setProcessingTime(5000 + DUE);

            assertThat(predictions(harness))
                    .singleElement()
                    .satisfies(prediction -> assertThat(prediction.withheld()).isEqualTo("no member answered"));
        }
    }

    @Test
    void memberThatIsMissing_isSoWithItsGroupsReason() throws Exception {
        try (var harness = open(null)) {
            send(harness, opened("e", 5, 0), one("e", 5, 0.1, 0.3), two("e", 5, Double.NaN));

            assertThat(predictions(harness))
                    .singleElement()
                    .satisfies(prediction -> assertThat(prediction.missing()).containsExactly(null, "put-aside", null));
        }
    }

    @Test
    void groupThatStillLoads_isWaitedFor() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            harness.setProcessingTime(5000);
            send(harness, opened("e", 5, 5000), one("e", 5, 0.1, 0.3));
            harness.setProcessingTime(5000 + 10 * DUE);
            assertThat(predictions(harness)).isEmpty();

            send(harness, two("e", 5, 0.2));

            assertThat(predictions(harness)).noneMatch(Prediction::degraded).hasSize(1);
        }
    }

    @Test
    void twoEventsOfOneId_areTwoPredictions_inTheirOrder() throws Exception {
        try (var harness = open(null)) {
            harness.setProcessingTime(1);
            send(harness, opened("e", 5, 1), opened("e", 6, 1));
            send(harness, one("e", 6, 0.6, 0.6), two("e", 6, 0.6));
            assertThat(predictions(harness)).as("the first is not complete").isEmpty();

            send(harness, two("e", 5, 0.5), one("e", 5, 0.5, 0.5));

            assertThat(predictions(harness))
                    .extracting(prediction -> prediction.scores()[0])
                    .containsExactly(0.5, 0.6);
            assertThat(remembered(harness)).isZero();
        }
    }

    @Test
    void twoEventsOfOneIdFromTwoPartitions_doNotWaitForEachOther() throws Exception {
        try (var harness = open(null)) {
            long other = Event.position(1, 5);
            send(harness, opened("e", 5, 1), opened("e", other, 1));
            send(harness, one("e", other, 0.6, 0.6), two("e", other, 0.6));

            assertThat(predictions(harness))
                    .extracting(prediction -> prediction.scores()[0])
                    .containsExactly(0.6);
        }
    }

    @Test
    void stepOfALockstep_waitsForItsWeights_andHasNoDeadline() throws Exception {
        try (var harness = open(null)) {
            Event step = new Event("e", 7, null, new float[] {1}, new Step(3, true), 5, 1, null);
            send(harness, Part.opened(step), one("e", 5, 0.1, 0.3), two("e", 5, 0.2));
            harness.setProcessingTime(100 * DUE);
            assertThat(predictions(harness)).isEmpty();

            harness.processBroadcastElement(new StreamRecord<>(Samples.weights(3, 0.5, 0.5)));

            assertThat(predictions(harness))
                    .singleElement()
                    .satisfies(prediction ->
                            assertThat(prediction.weightsVersion()).isEqualTo(3));
        }
    }

    @Test
    void restore_keepsWhatWasSaid_andLetsItWaitAnew() throws Exception {
        OperatorSubtaskState state;
        try (var harness = open(null)) {
            harness.setProcessingTime(5000);
            send(harness, opened("e", 5, 5000), one("e", 5, 0.1, 0.3), opened("gone", 6, 5000));
            state = harness.snapshot(1, 1);
        }
        try (var harness = harness(1, 0)) {
            harness.initializeState(state);
            harness.open();
            harness.setProcessingTime(5500);
            hear(harness);
            harness.setProcessingTime(5500 + DUE - 1);
            assertThat(predictions(harness)).isEmpty();
            send(harness, two("e", 5, 0.2));
            assertThat(predictions(harness)).hasSize(1).noneMatch(Prediction::degraded);

            harness.setProcessingTime(5500 + DUE);

            assertThat(predictions(harness)).extracting(Prediction::eventId).containsExactly("e", "gone");
        }
    }

    @Test
    void rescale_takesEachIdToOneSubtask() throws Exception {
        OperatorSubtaskState state;
        try (var harness = open(null)) {
            for (int i = 0; i < 50; i++) {
                send(harness, opened("e" + i, i, 0), one("e" + i, i, 0.1, 0.3));
            }
            state = harness.snapshot(1, 1);
        }
        List<String> ids = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var harness = harness(2, subtask)) {
                harness.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 128, 1, 2, subtask));
                harness.open();
                for (int i = 0; i < 50; i++) {
                    int owner = KeyGroupRangeAssignment.assignKeyToParallelOperator("e" + i, 128, 2);
                    if (owner == subtask) {
                        send(harness, two("e" + i, i, 0.2));
                    }
                }
                predictions(harness).forEach(prediction -> ids.add(prediction.eventId()));
            }
        }

        assertThat(ids).hasSize(50).doesNotHaveDuplicates();
    }
}
