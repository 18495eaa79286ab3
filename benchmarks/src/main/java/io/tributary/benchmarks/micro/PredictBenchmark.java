package io.tributary.benchmarks.micro;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.fusion.Fuser;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.predict.Fused;
import io.tributary.core.predict.Predictor;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.schemas.EncodedPrediction;
import io.tributary.schemas.PredictionEncoder;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

/** From the members' scores of one event to the bytes of its prediction, with all candidates of {@code auto}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
public class PredictBenchmark {

    private static final int EVENTS = 1024;

    /** How many members the ensemble has. */
    @Param({"3", "16"})
    public int members;

    /** How many numbers a score is: 1 for a binary task. */
    @Param({"1", "10"})
    public int classes;

    private Predictor predictor;
    private Fuser fuser;
    private PredictionEncoder encoder;
    private Prediction.Latencies latencies;
    private long now = 1_700_000_000_000L;
    private double[][] scores;
    private @Nullable String[] missing;
    private Event event;
    private Fused fused;
    private int next;

    /** Makes an ensemble and scores. */
    @Setup
    public void setUp() {
        EnsembleSpec spec = SpecParser.parse(
                """
                ensemble: b
                events: {topic: t, id: i, time: at}
                features: [x]
                %s
                members: {%s}
                """.formatted(
                        classes == 1 ? "task: binary" : "task: multiclass\nclasses: [" + names("c", classes) + "]",
                        IntStream.range(0, members)
                                .mapToObj(k -> "m" + k + ": {onnx: m.onnx, sha256: " + "0".repeat(64) + "}")
                                .collect(Collectors.joining(", "))),
                Path.of("benchmark.yaml"));
        predictor = new Predictor(spec);
        fuser = new Fuser(FusionMethod.LOG_ODDS, spec.task(), classes, 1e-6, 0, members);
        encoder = new PredictionEncoder();
        latencies = new Prediction.Latencies(1000, 120, 3, new long[members]);
        SplittableRandom random = new SplittableRandom(1);
        scores = new double[EVENTS][members * classes];
        for (double[] row : scores) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextDouble() / classes;
            }
        }
        missing = new String[members];
        event = new Event("0123456789abcdef0123456789abcdef0123", 1_700_000_000_000L, null, new float[1], null);
        fused = predictor.fuse(event, scores[0], missing, now, latencies);
    }

    private static String names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(Collectors.joining(", "));
    }

    /** Fuses by every candidate, with contributions and disagreement. */
    @Benchmark
    public Prediction predict() {
        return predictor.predict(event, scores[next++ & (EVENTS - 1)], missing, 0);
    }

    /** Fuses once, with what each member contributes. */
    @Benchmark
    public double[] contribution() {
        fuser.fuse(scores[next++ & (EVENTS - 1)]);
        return fuser.contributions();
    }

    /** Encodes what was fused. */
    @Benchmark
    public EncodedPrediction encode() {
        return encoder.encode(fused);
    }

    /** Fuses by every candidate and encodes, as the scoring operator does. */
    @Benchmark
    public EncodedPrediction toBytes() {
        return encoder.encode(predictor.fuse(event, scores[next++ & (EVENTS - 1)], missing, now++, latencies));
    }
}
