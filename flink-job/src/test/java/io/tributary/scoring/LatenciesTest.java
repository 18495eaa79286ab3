package io.tributary.scoring;

import static io.tributary.scoring.Samples.BATCH;
import static io.tributary.scoring.Samples.event;
import static io.tributary.scoring.Samples.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Prediction;
import io.tributary.core.member.FakeMemberFactory;
import io.tributary.core.predict.Recomputed;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a prediction says of where its event's time went. */
class LatenciesTest {

    private static final long PAUSE_MICROS = 2000;

    @TempDir
    Path folder;

    @Test
    void wait_runsFromTheEventsOwnArrivalUntilItsBatchWasHandedOver() throws Exception {
        try (ScoringHarness harness = open(folder, Samples.echo())) {
            harness.setProcessingTime(1000);
            harness.event(event(0).arrivedAt(993));
            harness.event(event(1).arrivedAt(1000));
            harness.event(event(2).arrivedAt(5000));
            harness.event(event(3).arrivedAt(0));

            assertThat(harness.await(BATCH))
                    .as("a clock elsewhere may be ahead, and without an arrival there is no wait")
                    .extracting(each -> each.latencies().waitMicros())
                    .containsExactly(7_000L, 0L, 0L, 0L);
        }
    }

    @Test
    void took_isEachMembersOwnTime_andTheStagesAddUpToMoreThanTheSlowest() throws Exception {
        FakeMemberFactory slow = new FakeMemberFactory("rules")
                .with("a", row -> {
                    long until = System.nanoTime() + PAUSE_MICROS * 1000;
                    while (System.nanoTime() < until) {
                        LockSupport.parkNanos(100_000);
                    }
                    return 0.5;
                })
                .with("b", row -> {
                    throw new IllegalStateException("broken");
                });
        try (ScoringHarness harness = open(folder, slow)) {
            Samples.fill(harness, 0);
            List<Prediction> predictions = harness.await(BATCH);

            for (Prediction prediction : predictions) {
                Prediction.Latencies latencies = prediction.latencies();
                assertThat(latencies.tookMicros()[0]).isGreaterThanOrEqualTo(PAUSE_MICROS);
                assertThat(latencies.tookMicros()[1])
                        .as("a failure is an answer")
                        .isNotNegative();
                assertThat(latencies.membersMicros())
                        .isGreaterThanOrEqualTo(latencies.tookMicros()[0]);
                assertThat(latencies.totalMicros())
                        .isEqualTo(latencies.waitMicros() + latencies.membersMicros() + latencies.fuseMicros());
            }
        }
    }

    @Test
    void took_ofALateMember_isAbsent_alsoInABatchThatItAnsweredBefore() throws Exception {
        Semaphore permits = new Semaphore(BATCH);
        FakeMemberFactory hanging = new FakeMemberFactory("rules")
                .with("a", row -> {
                    permits.acquireUninterruptibly();
                    return 0.25;
                })
                .with("b", row -> 0.75);
        try (ScoringHarness harness = open(folder, hanging)) {
            Samples.fill(harness, 0);
            harness.await(BATCH);
            Samples.fill(harness, BATCH);
            ScoringDeadlineTest.awaitAnswerOfB(harness);
            harness.setProcessingTime(1000);
            List<Prediction> predictions = harness.await(2 * BATCH);

            assertThat(predictions.get(0).latencies().tookMicros()[0]).isNotNegative();
            assertThat(predictions.get(BATCH).missing()[0]).isEqualTo("late");
            assertThat(predictions.get(BATCH).latencies().tookMicros()[0]).isEqualTo(-1);
            assertThat(predictions.get(BATCH).latencies().tookMicros()[1]).isNotNegative();
            assertThat(Recomputed.of(predictions.get(BATCH)).differences(predictions.get(BATCH)))
                    .isEmpty();
            permits.release(1000);
        }
    }
}
