package io.tributary.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.core.Event;
import io.tributary.core.TraceContext;
import io.tributary.core.Weights;
import io.tributary.core.fusion.Fusion;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.member.FakeMemberFactory;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small ensemble, and what goes through it. */
final class Samples {

    static final int BATCH = 4;

    private Samples() {}

    static FakeMemberFactory echo() {
        return new FakeMemberFactory("rules").with("a", row -> 0.5).with("b", row -> 0.5);
    }

    static void fill(ScoringHarness harness, int from) throws Exception {
        for (int i = from; i < from + BATCH; i++) {
            harness.event(event(i));
        }
    }

    /** The trace that headers of a record say. */
    static TraceContext trace(String traceparent, String tracestate) {
        return TraceContext.of(
                traceparent.getBytes(UTF_8), tracestate == null ? null : tracestate.getBytes(UTF_8), null);
    }

    static Event event(int id) {
        return new Event(Integer.toString(id), id, null, new float[] {id}, null);
    }

    static Weights weights(long version, double a, double b) {
        return new Weights(
                "test",
                null,
                1,
                version,
                version,
                "boa",
                new String[] {"a", "b"},
                new String[0],
                new Weights.Candidate[] {
                    new Weights.Candidate(
                            "boa",
                            new Fusion(FusionMethod.MEAN, new double[] {Math.log(a), Math.log(b)}, new double[1]))
                },
                0,
                null,
                null,
                0);
    }

    /** The test's spec, as a file of its own. */
    static Path file(Path folder) throws IOException {
        String yaml = """
                ensemble: test
                bootstrap: equal
                learning: {learner: boa}
                events: {topic: t, id: i, time: at}
                features: [x]
                batch: {size: 4, linger: 10ms}
                deadline: 1s
                members:
                  a: {rules: [{when: x > 0.0, score: 0.5}]}
                  b: {rules: [{when: x > 0.0, score: 0.5}]}
                """;
        return Files.writeString(folder.resolve("spec.yaml"), yaml);
    }

    static EnsembleSpec spec(Path folder) throws IOException {
        return SpecParser.parse(file(folder));
    }

    static ScoringHarness open(Path folder, FakeMemberFactory factory) throws Exception {
        ScoringHarness harness = ScoringHarness.of(spec(folder), factory);
        harness.open();
        return harness;
    }
}
