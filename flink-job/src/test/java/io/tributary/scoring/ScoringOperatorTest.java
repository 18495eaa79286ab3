package io.tributary.scoring;

import static io.tributary.scoring.Samples.BATCH;
import static io.tributary.scoring.Samples.echo;
import static io.tributary.scoring.Samples.event;
import static io.tributary.scoring.Samples.fill;
import static io.tributary.scoring.Samples.open;
import static io.tributary.scoring.Samples.weights;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Step;
import io.tributary.core.member.FakeMemberFactory;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events in, predictions out: batches, members that fail, weights. */
class ScoringOperatorTest {

    @TempDir
    Path folder;

    @Test
    void event_whenTheMembersAreIdle_isScoredAtOnce() throws Exception {
        try (ScoringHarness harness = open(folder, echo())) {
            harness.setProcessingTime(1000);
            harness.event(event(0));

            assertThat(harness.await(1)).singleElement().satisfies(prediction -> {
                assertThat(prediction.eventTimeMillis()).isEqualTo(0);
                assertThat(prediction.processingTimeMillis()).isEqualTo(1000);
                assertThat(prediction.degraded()).isFalse();
                assertThat(prediction.weightsVersion()).isZero();
            });
        }
    }

    @Test
    void scores_ofShuffledConcurrentBatches_belongToTheirEvents() throws Exception {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(5));
        Random pauses = new Random(6);
        FakeMemberFactory factory = new FakeMemberFactory("rules")
                .with("a", row -> {
                    if (pauses.nextInt(100) == 0) {
                        LockSupport.parkNanos(200_000);
                    }
                    return row[0] / 10_000;
                })
                .with("b", row -> 1 - row[0] / 10_000);
        try (ScoringHarness harness = open(folder, factory)) {
            for (int i : order) {
                harness.event(event(i));
            }
            List<Prediction> predictions = harness.await(4000);

            for (int i = 0; i < predictions.size(); i++) {
                Prediction prediction = predictions.get(i);
                int id = order.get(i);
                assertThat(prediction.eventId()).isEqualTo(Integer.toString(id));
                assertThat(prediction.scores()).containsExactly(id / 10_000f, 1 - id / 10_000f);
            }
        }
    }

    @Test
    void member_thatFailsOrAnswersWrongly_isMissingByNameAndReason() throws Exception {
        FakeMemberFactory factory = new FakeMemberFactory("rules")
                .with("a", row -> {
                    throw new IllegalStateException("broken");
                })
                .with("b", row -> row[0] == 1 ? Double.NaN : row[0] == 2 ? 1.5 : 0.25);
        try (ScoringHarness harness = open(folder, factory)) {
            for (int i = 0; i < BATCH; i++) {
                harness.event(event(i));
            }
            List<Prediction> predictions = harness.await(BATCH);

            assertThat(predictions).allMatch(Prediction::degraded);
            assertThat(predictions)
                    .allSatisfy(each -> assertThat(each.missing()[0]).isEqualTo("error"));
            assertThat(predictions.get(0).missing()[1]).isNull();
            assertThat(predictions.get(0).score()).isEqualTo(0.25);
            assertThat(predictions.get(1).missing()[1]).isEqualTo("not-a-number");
            assertThat(predictions.get(1).score()).isNaN();
            assertThat(predictions.get(2).missing()[1]).isEqualTo("out-of-range");
            assertThat(predictions.get(3).score()).isEqualTo(0.25);
        }
    }

    @Test
    void rowThatAMemberFailsOn_costsItsBatchMatesNothing() throws Exception {
        FakeMemberFactory factory = new FakeMemberFactory("rules")
                .with("a", row -> {
                    if (row[0] == 2) {
                        throw new IllegalArgumentException("a row that the model refuses");
                    }
                    return 0.25;
                })
                .with("b", row -> 0.75);
        try (ScoringHarness harness = open(folder, factory)) {
            fill(harness, 0);
            List<Prediction> predictions = harness.await(BATCH);

            assertThat(predictions).extracting(Prediction::degraded).containsExactly(false, false, true, false);
            assertThat(predictions.get(2).missing()).containsExactly("error", null);
            assertThat(predictions.get(3).scores()).containsExactly(0.25, 0.75);
        }
    }

    @Test
    void scores_ofSeveralClasses_belongToTheirEventsAndMembers() throws Exception {
        Files.writeString(folder.resolve("a.onnx"), "no model, and never opened as one");
        Path file = Files.writeString(folder.resolve("classes.yaml"), """
                ensemble: test
                task: multiclass
                classes: [red, green, blue]
                bootstrap: equal
                events: {topic: t, id: i, time: at}
                features: [x]
                batch: {size: 4}
                members: {a: {onnx: a.onnx}, b: {onnx: a.onnx}}
                """);
        FakeMemberFactory factory = new FakeMemberFactory("onnx")
                .withClasses("a", row -> new double[] {row[0] / 8, 0.5 - row[0] / 8, 0.5})
                .withClasses("b", row -> row[0] == 2 ? new double[] {0.5, 0.5, 0.5} : new double[] {0, 0.25, 0.75});
        try (ScoringHarness harness = ScoringHarness.of(SpecParser.parse(file), factory)) {
            harness.open();
            for (int i = 0; i < BATCH; i++) {
                harness.event(new Event(Integer.toString(i), i, null, new float[] {i}, null));
            }
            List<Prediction> predictions = harness.await(BATCH);

            assertThat(predictions.get(1).scores()).containsExactly(0.125, 0.375, 0.5, 0, 0.25, 0.75);
            assertThat(predictions.get(1).likeliest()).isEqualTo(2);
            assertThat(predictions.get(2).missing()).containsExactly(null, "out-of-range");
            assertThat(predictions.get(2).classScores()).containsExactly(0.25, 0.25, 0.5);
            assertThat(predictions.get(3).degraded()).isFalse();
        }
    }

    @Test
    void member_thatThrowsAnError_isMissingAndTheTaskGoesOn() throws Exception {
        FakeMemberFactory factory = new FakeMemberFactory("rules")
                .with("a", row -> {
                    throw new UnsatisfiedLinkError("no native library");
                })
                .with("b", row -> 0.5);
        try (ScoringHarness harness = open(folder, factory)) {
            for (int i = 0; i < BATCH; i++) {
                harness.event(event(i));
            }
            assertThat(harness.await(BATCH))
                    .allSatisfy(each -> assertThat(each.missing()[0]).isEqualTo("error"));
        }
    }

    @Test
    void weights_newer_areUsedFromThenOn_andOlderAreNot() throws Exception {
        FakeMemberFactory factory =
                new FakeMemberFactory("rules").with("a", row -> 0.0).with("b", row -> 1.0);
        try (ScoringHarness harness = open(folder, factory)) {
            fill(harness, 0);
            harness.await(BATCH);
            harness.weights(weights(7, 0.25, 0.75));
            harness.weights(weights(3, 0.9, 0.1));
            fill(harness, BATCH);
            List<Prediction> predictions = harness.await(2 * BATCH);

            assertThat(predictions.get(0).score()).isEqualTo(0.5);
            assertThat(predictions.get(BATCH).score()).isEqualTo(0.75);
            assertThat(predictions.get(BATCH).weightsVersion()).isEqualTo(7);
        }
    }

    @Test
    void event_thatAsksForNewerWeights_isHeldAndAllBehindIt() throws Exception {
        try (ScoringHarness harness = open(folder, echo())) {
            harness.event(new Event("held", 0, null, new float[] {1}, new Step(5, false)));
            for (int i = 1; i < BATCH; i++) {
                harness.event(new Event(Integer.toString(i), i, null, new float[] {1}, new Step(0, false)));
            }
            harness.setProcessingTime(60_000);
            harness.weights(weights(4, 0.5, 0.5));
            assertThat(harness.getTaskMailbox().hasMail()).isFalse();

            harness.weights(weights(5, 0.5, 0.5));

            assertThat(harness.await(BATCH)).extracting(Prediction::eventId).containsExactly("held", "1", "2", "3");
            assertThat(harness.predictions()).allMatch(each -> each.weightsVersion() == 5);
        }
    }

    @Test
    void events_ofAStep_areGatheredByCountAloneAndLeaveWithTheLast() throws Exception {
        try (ScoringHarness harness = open(folder, echo())) {
            for (int i = 0; i < BATCH + 1; i++) {
                harness.event(new Event(Integer.toString(i), i, null, new float[] {1}, new Step(0, false)));
                harness.setProcessingTime(harness.getProcessingTime() + 1000);
            }
            assertThat(harness.await(BATCH)).hasSize(BATCH);
            assertThat(harness.getTaskMailbox().hasMail()).isFalse();

            harness.event(new Event("last", 9, null, new float[] {1}, new Step(0, true)));

            assertThat(harness.await(BATCH + 2)).extracting(Prediction::eventId).endsWith("4", "last");
        }
    }
}
