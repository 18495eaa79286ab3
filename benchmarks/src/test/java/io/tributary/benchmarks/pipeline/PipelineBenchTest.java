package io.tributary.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.app.command.Session;
import io.tributary.app.command.Tributary;
import io.tributary.benchmarks.report.CaseGroup;
import io.tributary.benchmarks.report.CaseResult;
import io.tributary.benchmarks.section.Bench;
import io.tributary.benchmarks.section.Progress;
import io.tributary.benchmarks.section.Settings;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** The measuring itself, on few records: that figures come out, not what they are. */
class PipelineBenchTest {

    private static final int RECORDS = 5_000;
    private static final long MILLIS = 20_000;

    @Test
    void pipelines_onFewRecords_showAllFigures() throws Exception {
        Tributary.prepare();
        Combination combination = Combination.quick();
        Settings settings = new Settings(true, 1, null, OptionalInt.empty());
        try (Session session = new Session(System.err);
                PipelineBench pipelines =
                        new PipelineBench(new Bench(settings, new Progress(System.err, false), session), "test")) {
            pipelines.fill(Shape.FRAUD, RECORDS);

            Measured whole = pipelines.drain(Contender.TRIBUTARY, combination, 0, RECORDS, MILLIS);
            double raw = pipelines.rawMicros(combination, 8);
            Measured passed = pipelines.drain(Contender.PASSTHROUGH, combination, 300, RECORDS, MILLIS);

            assertThat(whole.rate()).isPositive();
            assertThat(whole.cpuMicros()).isPositive();
            assertThat(whole.taskAllocated()).isPositive();
            assertThat(whole.allocated()).isGreaterThan(whole.taskAllocated());
            assertThat(whole.batchSize()).isBetween(1.0, 64.0);
            assertThat(whole.outputBytes()).isGreaterThan(100);
            assertThat(passed.outputBytes()).isEqualTo(300);
            assertThat(passed.batchSize()).isNaN();
            assertThat(raw).isPositive();

            PipelineResults results = new PipelineResults();
            results.add(combination, Contender.PASSTHROUGH, passed);
            results.addTributary(combination, whole, passed, raw);
            CaseGroup group = results.groups().get(0);
            assertThat(group.cases())
                    .extracting(CaseResult::name)
                    .containsExactly(
                            "fraud, 3 members, parallelism 1: Tributary",
                            "fraud, 3 members, parallelism 1: no scoring");
            assertThat(group.cases()
                            .get(0)
                            .figure(CaseResult.BOUND_RATIO)
                            .orElseThrow()
                            .samples())
                    .isEqualTo(List.of((passed.cpuMicros() + raw) / whole.cpuMicros()));
        }
    }

    @Test
    void close_afterADrainThatFails_leavesNoTopicsButSmallOnes() throws Exception {
        Tributary.prepare();
        Settings settings = new Settings(true, 1, null, OptionalInt.empty());
        try (Session session = new Session(System.err)) {
            Bench bench = new Bench(settings, new Progress(System.err, false), session);
            try (PipelineBench pipelines = new PipelineBench(bench, "test")) {
                pipelines.fill(Shape.FRAUD, 1);
                // One record is too few to measure.
                assertThatThrownBy(() -> pipelines.drain(Contender.PASSTHROUGH, Combination.quick(), 300, 1, MILLIS))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("too few to measure");

                assertThat(topics(bench)).contains("bench.test.fraud").noneMatch(name -> name.endsWith(".predictions"));
            }
            assertThat(topics(bench)).doesNotContain("bench.test.fraud");
        }
    }

    private static Set<String> topics(Bench bench) throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", bench.stack().bootstrap()))) {
            return admin.listTopics().names().get();
        }
    }
}
