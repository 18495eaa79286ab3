package io.tributary.benchmarks.micro;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.predict.Predictor;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.schemas.BinarySerde;
import io.tributary.schemas.Codecs;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the members' scores of one event to the bytes of its prediction. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
public class FusionBenchmark {

    private static final int EVENTS = 1024;

    /** How many members the ensemble has. */
    @Param({"3", "8", "16"})
    public int members;

    /** How scores are fused. */
    @Param({"mean", "log-odds"})
    public String fusion;

    private Predictor predictor;
    private BinarySerde<Prediction> serde;
    private double[][] scores;
    private @Nullable String[] missing;
    private Event event;
    private Prediction prediction;
    private int next;

    /** Makes an ensemble and scores. */
    @Setup
    public void setUp() {
        StringBuilder yaml =
                new StringBuilder("ensemble: b\nevents: {topic: t, id: i, time: at}\nfeatures: [x]\nfusion: {method: "
                        + fusion + "}\nmembers:\n");
        for (int k = 0; k < members; k++) {
            yaml.append("  m").append(k).append(": {rules: [{when: x > 0.0, score: 0.5}]}\n");
        }
        EnsembleSpec spec = SpecParser.parse(yaml.toString(), Path.of("benchmark.yaml"));
        predictor = new Predictor(spec);
        serde = new BinarySerde<>(Codecs.PREDICTION);
        SplittableRandom random = new SplittableRandom(1);
        scores = new double[EVENTS][members];
        for (double[] row : scores) {
            for (int k = 0; k < members; k++) {
                row[k] = random.nextDouble();
            }
        }
        missing = new String[members];
        event = new Event("0123456789abcdef0123456789abcdef0123", 1_700_000_000_000L, null, new float[1], null);
        prediction = predictor.predict(event, scores[0], missing, 0);
    }

    /** Fuses, with contributions and disagreement. */
    @Benchmark
    public Prediction fuse() {
        return predictor.predict(event, scores[next++ & (EVENTS - 1)], missing, 0);
    }

    /** Encodes a prediction. */
    @Benchmark
    public byte @Nullable [] encode() {
        return serde.serialize("predictions", prediction);
    }
}
