package io.tributary.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** The transactions of the sinks. */
class ContractSinksTest {

    @Test
    void transactionTimeout_deliveredOnce_isTenMinutesUnlessTheSpecSaysOtherwise() {
        assertThat(ScoringJob.transactionTimeout(spec("delivery: at-least-once")))
                .isEmpty();
        assertThat(ScoringJob.transactionTimeout(spec("delivery: exactly-once")))
                .contains(Duration.ofMinutes(10));
        assertThat(ScoringJob.transactionTimeout(spec("""
                        delivery: exactly-once
                        kafka: {properties: {transaction.timeout.ms: '60000'}}
                        """))).contains(Duration.ofMinutes(1));
    }

    @Test
    void transactionTimeout_noNumber_isRefused() {
        assertThatThrownBy(() -> ScoringJob.transactionTimeout(spec("""
                        delivery: exactly-once
                        kafka: {properties: {transaction.timeout.ms: soon}}
                        """)))
                .hasMessageContaining("transaction.timeout.ms: soon")
                .hasMessageContaining("milliseconds");
    }

    @Test
    void build_checkpointsRarerThanTransactionsLast_isRefusedWithBothValues() {
        EnsembleSpec brief = spec("""
                delivery: exactly-once
                kafka: {properties: {transaction.timeout.ms: '60000'}}
                """);
        assertThat(ScoringJob.transactionProblem(brief, Duration.ofSeconds(29))).isEmpty();
        assertThat(ScoringJob.transactionProblem(spec("delivery: at-least-once"), Duration.ofHours(1)))
                .isEmpty();
        assertThatThrownBy(() -> ScoringJob.build(
                        StreamExecutionEnvironment.createLocalEnvironment(1),
                        brief,
                        ShippedSpec.bundled("", brief),
                        Duration.ofSeconds(30),
                        MemberSource.classPath()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "transaction.timeout.ms = 60000", "30000 ms", "--checkpoint", "delivery: at-least-once");
    }

    @Test
    void transactionalIdPrefix_ofEverySinkAndEnsemble_isItsOwn() {
        Set<String> prefixes = new HashSet<>();
        for (String ensemble : List.of("a", "a.predictions", "a-2", "predictions")) {
            EnsembleSpec spec =
                    SpecParser.parse(yaml("").replace("ensemble: a", "ensemble: " + ensemble), Path.of("s"));
            for (String sink : List.of("predictions", "dead-letters")) {
                assertThat(prefixes.add(ContractSinks.transactionalIdPrefix(spec, sink)))
                        .as(ensemble + " " + sink)
                        .isTrue();
            }
        }
    }

    private static EnsembleSpec spec(String more) {
        return SpecParser.parse(yaml(more), Path.of("test.yaml"));
    }

    private static String yaml(String more) {
        return """
                ensemble: a
                events: {topic: t, id: i, time: at}
                features: [x]
                members: {m: {onnx: m.onnx}}
                """ + more;
    }
}
