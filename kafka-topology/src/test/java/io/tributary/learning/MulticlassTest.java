package io.tributary.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.measure.Figure;
import io.tributary.core.measure.Metrics;
import io.tributary.core.predict.Predictor;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Labels of several classes, by name, from the join to weights and metrics. */
class MulticlassTest {

    private static final double[] SCORES = {0.7, 0.2, 0.1, 0.1, 0.3, 0.6};

    private final EnsembleSpec spec = spec(List.of("red", "green", "blue"));
    private Harness harness;

    @BeforeEach
    void start() throws IOException {
        harness = new Harness(spec);
    }

    @AfterEach
    void stop() throws IOException {
        harness.close();
    }

    private static EnsembleSpec spec(List<String> classes) {
        return SpecParser.parse("""
                ensemble: toy
                task: multiclass
                classes: [%s]
                events: {topic: toys, id: id, time: time}
                features: [x]
                members: {a: {onnx: a.onnx}, b: {onnx: b.onnx}}
                """.formatted(String.join(", ", classes)), Path.of("toy.yaml"));
    }

    private static Prediction prediction(EnsembleSpec under, String eventId, double... scores) {
        return new Predictor(under).predict(new Event(eventId, 1, null, new float[1], null), scores, new String[2], 2);
    }

    @Test
    void label_byName_isJoinedLearnedAndMeasured() {
        Prediction prediction = prediction(spec, "e1", SCORES);
        harness.send(prediction);
        harness.send(Samples.outcome("e1", 2));

        Feedback feedback = harness.feedback().get(0);
        assertThat(feedback.label()).isEqualTo(2);
        assertThat(feedback.scored().scores()).containsExactly(SCORES);
        assertThat(feedback.scored().classScores()).containsExactly(prediction.classScores());

        harness.advance(Duration.ofMinutes(1));
        assertThat(harness.weights()).last().satisfies(record -> {
            assertThat(record.value().evidence()).isEqualTo(1);
            assertThat(record.value().weight(1)).isGreaterThan(record.value().weight(0));
        });
        Metrics metrics = harness.metrics(Metrics.Scope.CUMULATIVE).get(0);
        assertThat(metrics.figures())
                .extracting(each -> each.of(Figure.ACCURACY))
                .startsWith(0.0, 1.0);
    }

    @Test
    void correction_byName_isFedBackAsOne() {
        harness.send(prediction(spec, "e1", SCORES));
        harness.send(Samples.outcome("e1", 2));
        harness.send(Samples.outcome("e1", 0, Outcome.Kind.CORRECTION, harness.nowMillis() + 1));

        assertThat(harness.feedback()).extracting(Feedback::label).containsExactly(2.0, 0.0);
    }

    @Test
    void feedback_underOtherClasses_becomesADeadLetterAndTeachesNothing() throws IOException {
        try (Harness former = new Harness(spec(List.of("green", "red", "blue")))) {
            former.send(prediction(spec(List.of("green", "red", "blue")), "e1", SCORES));
            former.send(Samples.outcome("e1", 2));
            Feedback old = former.feedback().get(0);
            harness.sendFeedback(null, harness.bytes(old));
        }
        harness.advance(Duration.ofMinutes(1));

        assertThat(harness.weights()).isEmpty();
        assertThat(harness.deadLetters())
                .extracting(letter -> letter.value().reason())
                .singleElement()
                .asString()
                .contains("the feedback has the classes [green, red, blue]");
    }

    @Test
    void prediction_underOtherClasses_becomesADeadLetter() {
        harness.send(prediction(spec(List.of("green", "red", "blue")), "e1", SCORES));

        assertThat(harness.deadLetters())
                .extracting(letter -> letter.value().reason())
                .singleElement()
                .asString()
                .contains("[green, red, blue]", "[red, green, blue]", "give the ensemble a new name");
    }
}
