package io.tributary.learning;

import io.tributary.core.Prediction;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.fusion.Link;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Path;
import java.time.Instant;

/** Specs and records that tests begin from. */
final class Samples {

    /** The wall clock at the start of every test. */
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private static final String SPEC = """
            ensemble: toy
            events: {topic: toy.events, id: id, time: time}
            features: [x]
            members:
              low: {rules: [{when: x > 2.0, score: 0.3}], otherwise: 0.1}
              middle: {rules: [{when: x > 0.0, score: 0.5}], otherwise: 0.4}
              high: {rules: [{when: x > -2.0, score: 0.9}], otherwise: 0.7}
            outcomes: {maxDelay: 1h}
            metrics: {window: 10m}
            learning: {publish: 1s}
            """;

    private Samples() {}

    static EnsembleSpec spec() {
        return parse(SPEC);
    }

    /** The spec with one piece of its text replaced. */
    static EnsembleSpec spec(String piece, String replacement) {
        if (!SPEC.contains(piece)) {
            throw new IllegalArgumentException("the spec has no '" + piece + "'");
        }
        return parse(SPEC.replace(piece, replacement));
    }

    private static EnsembleSpec parse(String yaml) {
        return SpecParser.parse(yaml, Path.of("toy.yaml"));
    }

    static Prediction prediction(String eventId, double low, double middle, double high) {
        return prediction("toy", eventId, low, middle, high);
    }

    static Prediction prediction(String ensemble, String eventId, double... scores) {
        double third = 1.0 / 3;
        double fused = third * scores[0] + third * scores[1] + third * scores[2];
        return new Prediction(
                ensemble,
                eventId,
                START.toEpochMilli(),
                START.toEpochMilli(),
                null,
                fused,
                new double[0],
                new String[0],
                fused >= 0.5,
                false,
                null,
                0.1,
                null,
                new String[] {"low", "middle", "high"},
                scores,
                new double[] {third, third, third},
                new double[] {third * scores[0], third * scores[1], third * scores[2]},
                new String[3],
                new byte[3][0],
                new Prediction.Recipe(
                        "mean", Link.IDENTITY, new double[0], 1e-6, 0, null, 0.5, 0, -1, new String[] {"b"}),
                new double[0],
                1,
                0,
                null);
    }

    /** The same prediction in a segment. */
    static Prediction inSegment(String segment, Prediction p) {
        return new Prediction(
                p.ensemble(),
                p.eventId(),
                p.eventTimeMillis(),
                p.processingTimeMillis(),
                segment,
                p.score(),
                p.classScores(),
                p.classes(),
                p.positive(),
                p.degraded(),
                p.withheld(),
                p.disagreement(),
                p.interval(),
                p.members(),
                p.scores(),
                p.weights(),
                p.contributions(),
                p.missing(),
                p.checksums(),
                p.recipe(),
                p.candidates(),
                p.specVersion(),
                p.weightsVersion(),
                p.latencies());
    }

    static Outcome outcome(String eventId, double label) {
        return outcome(eventId, label, Outcome.Kind.FINAL, START.toEpochMilli());
    }

    static Outcome outcome(String eventId, double label, Outcome.Kind kind, long timeMillis) {
        return new Outcome(eventId, label, kind, timeMillis, "test", Double.NaN);
    }
}
