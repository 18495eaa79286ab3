package io.tributary.scoring;

import static io.tributary.scoring.Samples.BATCH;
import static io.tributary.scoring.Samples.event;
import static io.tributary.scoring.Samples.fill;
import static io.tributary.scoring.Samples.open;
import static io.tributary.scoring.Samples.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Step;
import io.tributary.core.member.FakeMemberFactory;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions leave by the deadline, whatever a member does. The clock is the test's: a second is the deadline. */
class ScoringDeadlineTest {

    private static final long DEADLINE = 1000;
    private static final long LINGER = 10;

    @TempDir
    Path folder;

    /** A member that hangs scores a row for each permit. */
    private final Semaphore permits = new Semaphore(0);

    private final FakeMemberFactory hanging =
            new FakeMemberFactory("rules").with("a", row -> permitted(0.25)).with("b", row -> 0.75);

    private final FakeMemberFactory allHanging =
            new FakeMemberFactory("rules").with("a", row -> permitted(0.25)).with("b", row -> permitted(0.75));

    private double permitted(double score) {
        permits.acquireUninterruptibly();
        return score;
    }

    @AfterEach
    void letGo() {
        permits.release(1_000_000);
    }

    @Test
    void memberThatHangs_isLate_andTheOthersAnswer() throws Exception {
        try (ScoringHarness harness = open(folder, hanging)) {
            harness.setProcessingTime(5000);
            fill(harness, 0);
            harness.setProcessingTime(5000 + DEADLINE - 1);
            assertThat(harness.predictions()).isEmpty();
            awaitAnswerOfB(harness);

            harness.setProcessingTime(5000 + DEADLINE);

            assertThat(harness.await(BATCH)).allSatisfy(prediction -> {
                assertThat(prediction.missing()).containsExactly("late", null);
                assertThat(prediction.score()).isEqualTo(0.75);
                assertThat(prediction.degraded()).isTrue();
                assertThat(prediction.withheld()).isNull();
            });
        }
    }

    /** The clock is the test's, so b has the time that it takes. */
    static void awaitAnswerOfB(ScoringHarness harness) {
        await(() -> harness.isIdle("b"));
    }

    /** What it has not begun by the deadline it is not asked for any more. */
    private void awaitAInACall() {
        await(permits::hasQueuedThreads);
    }

    @Test
    void lateAnswer_isCountedAndEmitsNothing() throws Exception {
        try (ScoringHarness harness = open(folder, hanging)) {
            fill(harness, 0);
            awaitAInACall();
            awaitAnswerOfB(harness);
            harness.setProcessingTime(DEADLINE);
            harness.await(BATCH);
            permits.release(BATCH);
            await(() -> harness.lateAnswers("a") == 1);

            fill(harness, BATCH);
            permits.release(BATCH);
            List<Prediction> predictions = harness.await(2 * BATCH);

            assertThat(predictions)
                    .extracting(Prediction::eventId)
                    .containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
            assertThat(predictions.subList(BATCH, 2 * BATCH)).noneMatch(Prediction::degraded);
        }
    }

    @Test
    void memberThatMissesThreeBatches_isPutAside_andTriedAgain() throws Exception {
        try (ScoringHarness harness = open(folder, hanging)) {
            for (int batch = 0; batch < MemberHealth.MISSES; batch++) {
                fill(harness, batch * BATCH);
            }
            awaitAInACall();
            awaitAnswerOfB(harness);
            harness.setProcessingTime(DEADLINE);
            harness.await(3 * BATCH);

            // Nobody waits for it now.
            fill(harness, 3 * BATCH);
            assertThat(harness.await(4 * BATCH).get(3 * BATCH).missing()).containsExactly("put-aside", null);

            // It comes back, and after a pause it is asked again.
            permits.release(3 * BATCH);
            await(() -> harness.lateAnswers("a") == 1);
            harness.setProcessingTime(DEADLINE + MemberHealth.FIRST_PAUSE_MILLIS);
            await(() -> harness.isIdle("a"));
            permits.release(100);
            // A trial, for which no batch waits.
            fill(harness, 4 * BATCH);
            harness.await(5 * BATCH);
            await(() -> harness.isIdle("a"));
            fill(harness, 5 * BATCH);
            assertThat(harness.await(6 * BATCH).get(5 * BATCH).degraded()).isFalse();
        }
    }

    @Test
    void batchBehindOneThatWaits_keepsItsPlace() throws Exception {
        try (ScoringHarness harness = open(folder, hanging)) {
            fill(harness, 0);
            awaitAnswerOfB(harness);
            harness.setProcessingTime(500);
            fill(harness, BATCH);
            awaitAnswerOfB(harness);
            harness.setProcessingTime(DEADLINE);
            assertThat(harness.await(BATCH)).hasSize(BATCH);

            awaitAnswerOfB(harness);
            harness.setProcessingTime(500 + DEADLINE);
            assertThat(harness.await(2 * BATCH))
                    .extracting(Prediction::eventId)
                    .containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
        }
    }

    @Test
    void everyMemberLate_leavesNoScoreAndSaysSo() throws Exception {
        try (ScoringHarness harness = open(folder, allHanging)) {
            harness.event(event(0));
            harness.setProcessingTime(10);
            harness.setProcessingTime(DEADLINE);

            assertThat(harness.await(1)).singleElement().satisfies(prediction -> {
                assertThat(prediction.score()).isNaN();
                assertThat(prediction.missing()).containsExactly("late", "late");
                assertThat(prediction.withheld()).isEqualTo("no member answered");
            });
        }
    }

    @Test
    void requiredMemberLate_withholdsTheScore() throws Exception {
        Path file = Files.writeString(
                folder.resolve("required.yaml"),
                Files.readString(Samples.file(folder)).replace("  a: {rules", "  a: {required: true, rules"));
        try (ScoringHarness harness = ScoringHarness.of(SpecParser.parse(file), hanging)) {
            harness.open();
            fill(harness, 0);
            harness.setProcessingTime(LINGER);
            awaitAnswerOfB(harness);
            harness.setProcessingTime(DEADLINE);

            assertThat(harness.await(BATCH)).allSatisfy(prediction -> {
                assertThat(prediction.score()).isNaN();
                assertThat(prediction.withheld()).isEqualTo("required member a is missing");
                assertThat(prediction.scores()).containsExactly(Double.NaN, 0.75);
                assertThat(prediction.weights()).containsExactly(0, 0);
            });
        }
    }

    /** Under a real clock, since no timer fires at the end of input. */
    @Test
    void endOfInput_whileAMemberHangs_waitsNoLongerThanTheDeadline() throws Exception {
        Path file = Files.writeString(
                folder.resolve("brisk.yaml"),
                Files.readString(Samples.file(folder)).replace("deadline: 1s", "deadline: 50ms"));
        try (ScoringHarness harness = ScoringHarness.of(SpecParser.parse(file), hanging)) {
            harness.open();
            fill(harness, 0);
            harness.event(event(BATCH));
            harness.endOfEvents();

            assertThat(harness.predictions()).hasSize(BATCH + 1).allMatch(Prediction::degraded);
        }
    }

    /** A pause of the whole process looks like this, and nobody is put aside for it. */
    @Test
    void batchesThatNobodyAnswers_areNobodysMiss() throws Exception {
        try (ScoringHarness harness = open(folder, allHanging)) {
            for (int batch = 0; batch < MemberHealth.MISSES; batch++) {
                fill(harness, batch * BATCH);
            }
            harness.setProcessingTime(DEADLINE);
            harness.await(3 * BATCH);
            permits.release(1000);
            await(() -> harness.isIdle("a") && harness.isIdle("b"));
            fill(harness, 3 * BATCH);

            assertThat(harness.await(4 * BATCH).get(3 * BATCH).degraded()).isFalse();
        }
    }

    @Test
    void liveEventBehindAStep_hasADeadlineOfItsOwn() throws Exception {
        try (ScoringHarness harness = open(folder, hanging)) {
            harness.event(new Event("step", 0, null, new float[] {1}, new Step(0, false)));
            fill(harness, 0);
            permits.release(1);
            harness.await(1);
            awaitAnswerOfB(harness);
            harness.setProcessingTime(DEADLINE);

            assertThat(harness.await(1 + BATCH))
                    .extracting(Prediction::degraded)
                    .containsExactly(false, true, true, true, true);
        }
    }

    @Test
    void stepOfALockstep_hasNoDeadline() throws Exception {
        try (ScoringHarness harness = open(folder, hanging)) {
            harness.event(new Event("e", 0, null, new float[] {1}, new Step(0, true)));
            harness.setProcessingTime(100 * DEADLINE);
            assertThat(harness.predictions()).isEmpty();
            permits.release();

            assertThat(harness.await(1)).noneMatch(Prediction::degraded);
        }
    }

    @Test
    void snapshot_afterADeadline_holdsWhatHasNotLeft() throws Exception {
        try (ScoringHarness harness = open(folder, hanging)) {
            fill(harness, 0);
            awaitAnswerOfB(harness);
            harness.setProcessingTime(500);
            fill(harness, BATCH);
            awaitAnswerOfB(harness);
            harness.setProcessingTime(DEADLINE);
            harness.await(BATCH);
            var state = harness.snapshot(1, 1);
            permits.release(1000);

            try (ScoringHarness restored = ScoringHarness.of(spec(folder), Samples.echo())) {
                restored.initializeState(state);
                restored.open();
                assertThat(restored.await(BATCH))
                        .extracting(Prediction::eventId)
                        .containsExactly("4", "5", "6", "7");
            }
        }
    }

    private static void await(BooleanSupplier condition) {
        long limit = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(limit);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
