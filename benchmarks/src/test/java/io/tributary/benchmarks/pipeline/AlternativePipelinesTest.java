package io.tributary.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.app.command.Session;
import io.tributary.app.command.Tributary;
import io.tributary.benchmarks.section.Bench;
import io.tributary.benchmarks.section.Progress;
import io.tributary.benchmarks.section.Settings;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** That what one would write instead scores, not how fast. */
class AlternativePipelinesTest {

    private static final int RECORDS = 2_560;
    private static final long MILLIS = 20_000;

    @Test
    void alternatives_onFewRecords_answerAllOfThem() throws Exception {
        Tributary.prepare();
        Combination combination = new Combination(Shape.FRAUD, 3, 2, 64);
        Settings settings = new Settings(true, 1, null, OptionalInt.empty());
        try (Session session = new Session(System.err);
                PipelineBench pipelines =
                        new PipelineBench(new Bench(settings, new Progress(System.err, false), session), "test")) {
            pipelines.fill(Shape.FRAUD, RECORDS);

            for (Contender each : List.of(Contender.FLINK_MAP, Contender.FLINK_BATCHES, Contender.KAFKA_STREAMS)) {
                Measured measured = pipelines.drain(each, combination, 0, RECORDS, MILLIS);

                assertThat(measured.rate()).as(each.label()).isPositive();
                // The wire format's header, an id of 36 characters and one score.
                assertThat(measured.outputBytes()).as(each.label()).isEqualTo(5 + 37 + 10);
            }
        }
    }
}
