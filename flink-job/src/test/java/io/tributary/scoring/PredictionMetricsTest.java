package io.tributary.scoring;

import static io.tributary.scoring.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Prediction;
import io.tributary.core.predict.Predictor;
import io.tributary.core.spec.EnsembleSpec;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionMetricsTest {

    @TempDir
    Path folder;

    private final RecordedMetrics registered = new RecordedMetrics();
    private Predictor predictor;
    private PredictionMetrics metrics;

    @BeforeEach
    void begin() throws Exception {
        EnsembleSpec spec = Samples.spec(folder);
        predictor = new Predictor(spec);
        metrics = new PredictionMetrics(
                PlaneMetrics.of(registered, spec.ensemble()), () -> predictor.weightsVersion(), spec::version);
        metrics.begin(spec);
    }

    private Object value(String labels, String name) {
        return registered.value("tributary ensemble=test " + labels + "scoring " + name);
    }

    private void count(double a, String whyNotA, double b, String whyNotB, long micros) {
        Prediction.Latencies latencies =
                micros < 0 ? null : new Prediction.Latencies(0, micros, 0, new long[] {micros, micros});
        metrics.count(predictor.fuse(event(1), new double[] {a, b}, new String[] {whyNotA, whyNotB}, 0, latencies));
    }

    @Test
    void count_everyKindOfPrediction_isTold() {
        count(0.5, null, 0.5, null, 900);
        count(0.5, null, Double.NaN, "late", 1_000);
        count(Double.NaN, "error", Double.NaN, "late", 40_000_000);
        count(0.5, null, 0.5, null, -1);

        assertThat(value("", "predictions_total")).isEqualTo(4L);
        assertThat(value("", "degraded_total")).isEqualTo(2L);
        assertThat(value("", "withheld_total")).isEqualTo(1L);
        assertThat(value("member=b reason=late ", "member_missing_total")).isEqualTo(2L);
        assertThat(value("member=a reason=error ", "member_missing_total")).isEqualTo(1L);
        assertThat(value("member=a reason=late ", "member_missing_total"))
                .as("told before it happens")
                .isEqualTo(0L);
        assertThat(value("le=0.001 ", "latency_seconds_bucket")).isEqualTo(2L);
        assertThat(value("le=10 ", "latency_seconds_bucket")).isEqualTo(2L);
        assertThat(value("le=+Inf ", "latency_seconds_bucket")).isEqualTo(3L);
        assertThat(value("", "latency_seconds_count")).isEqualTo(3L);
        assertThat((double) value("", "latency_seconds_sum")).isEqualTo(40.0019);
    }

    @Test
    void count_aReasonThatIsNew_isTold() {
        count(Double.NaN, "on holiday", 0.5, null, 1);

        assertThat(value("member=a reason=on holiday ", "member_missing_total")).isEqualTo(1L);
    }

    @Test
    void versionsAndDeadline_areTold() {
        predictor.use(Samples.weights(7, 0.5, 0.5));

        assertThat(value("", "weights_version")).isEqualTo(7L);
        assertThat(value("", "spec_version")).isEqualTo(1);
        assertThat(value("", "deadline_seconds")).isEqualTo(1.0);
    }
}
