package io.tributary.scoring;

import static io.tributary.scoring.Samples.BATCH;
import static io.tributary.scoring.Samples.event;
import static io.tributary.scoring.Samples.fill;
import static io.tributary.scoring.Samples.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Prediction;
import io.tributary.core.member.FakeMemberFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch is used again and again, and nothing of one time reaches the next. The clock is the test's. */
class BatchReuseTest {

    private static final long DEADLINE = 1000;

    @TempDir
    Path folder;

    /** Member a scores a row for each permit; b scores at once. */
    private final Semaphore permits = new Semaphore(0);

    private final List<Float> seen = new CopyOnWriteArrayList<>();

    private final FakeMemberFactory members = new FakeMemberFactory("rules")
            .with("a", row -> {
                seen.add(row[0]);
                permits.acquireUninterruptibly();
                return 0.25;
            })
            .with("b", row -> 0.75);

    @AfterEach
    void letGo() {
        permits.release(1_000_000);
    }

    /** It may read in the batch for as long as it likes, and finds there what it was given. */
    @Test
    void batchOfALateMember_isUsedAgainOnlyOnceItsCallHasEnded() throws Exception {
        try (ScoringHarness harness = open(folder, members)) {
            fill(harness, 0);
            permits.release(1);
            harness.await(1);
            ScoringHarness.await(() -> seen.size() == 2, "a in its second call");
            for (int batch = 1; batch <= MemberHealth.MISSES; batch++) {
                harness.awaitIdle("b");
                harness.setProcessingTime(batch * DEADLINE);
                harness.await(batch * BATCH);
                fill(harness, batch * BATCH);
            }

            permits.release(BATCH);
            ScoringHarness.await(() -> harness.lateAnswers("a") == 1, "the late answer");

            assertThat(seen).containsExactly(0f, 1f, 2f, 3f);
        }
    }

    /** Word that all have answered may come after the deadline has let a batch go, and is not about its next events. */
    @Test
    void batchThatLeftBeforeItsLastAnswerWasHeardOf_isNotTakenForCompleteTheNextTime() throws Exception {
        try (ScoringHarness harness = open(folder, members)) {
            harness.event(event(0));
            permits.release(1);
            harness.awaitIdle("a");
            harness.awaitIdle("b");
            harness.setProcessingTime(DEADLINE);
            harness.event(event(1));
            for (int i = 2; i < 2 + BATCH; i++) {
                harness.event(event(i));
            }
            harness.awaitIdle("b");

            permits.release(1);
            assertThat(harness.await(2)).hasSize(2);
            permits.release(BATCH);

            assertThat(harness.await(2 + BATCH)).noneMatch(Prediction::degraded);
        }
    }
}
