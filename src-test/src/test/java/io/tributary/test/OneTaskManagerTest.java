package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.app.play.PlayedEvent;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that come and go in one TaskManager process, whose engines are loaded once for all of them. */
class OneTaskManagerTest {

    private static final int EVENTS = 300;

    /** Of the fraud example, beside its rules. */
    private static final int MODELS = 4;

    private final Stack stack = Stack.shared();
    private TestCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = TestCluster.start(1, 3);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.stop();
    }

    @Test
    void jobs_cancelledStartedAgainAndBesideEachOther_scoreWithEveryEngine() throws Exception {
        Path first = ensemble("pool-first");
        Path second = ensemble("pool-second");

        String cancelled = cluster.submit(first, "--parallelism", "2");
        send(first, 0);
        assertAllScored(first, EVENTS);
        awaitModels(first, cancelled, 2 * MODELS);

        cluster.cancel(cancelled);
        String again = cluster.submit(first, "--parallelism", "2");
        String beside = cluster.submit(second);
        awaitModels(first, again, 3 * MODELS);
        send(first, 1);
        send(second, 0);
        assertAllScored(first, 2 * EVENTS);
        assertAllScored(second, EVENTS);

        cluster.cancel(again);
        send(second, 1);
        assertAllScored(second, 2 * EVENTS);
        awaitModels(second, beside, MODELS);
    }

    /** Whatever runs, each model is loaded once. */
    private void awaitModels(Path spec, String job, int members) throws Exception {
        cluster.awaitMetric(job, "score", spec, "models_members", Integer.toString(members));
        cluster.awaitMetric(job, "score", spec, "models_loaded", Integer.toString(MODELS));
    }

    private Path ensemble(String name) throws Exception {
        Path file = stack.fraudFile(name);
        Files.writeString(file, Files.readString(file) + "\nbootstrap: equal\ndeadline: 5m\n");
        stack.prepare(SpecParser.parse(file));
        return file;
    }

    private void send(Path file, int part) throws Exception {
        EnsembleSpec spec = SpecParser.parse(file);
        List<PlayedEvent> events = Payments.played(spec, stack.registry());
        try (Records records = new Records(stack.bootstrap())) {
            records.sendAll(spec.events().topic(), events.subList(part * EVENTS, (part + 1) * EVENTS));
        }
    }

    private static void assertAllScored(Path file, int events) {
        assertThat(ScoredTopic.await(SpecParser.parse(file), events).values())
                .hasSize(events)
                .allSatisfy(prediction -> {
                    assertThat(prediction.degraded()).isFalse();
                    assertThat(prediction.scores()).doesNotContain(Double.NaN);
                });
    }
}
