package io.tributary.schemas;

import io.tributary.core.DeadLetter;
import io.tributary.core.Labels;
import io.tributary.core.Prediction;
import io.tributary.core.Task;
import io.tributary.core.Weights;
import io.tributary.core.control.Control;
import io.tributary.core.control.Publication;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.feedback.Scored;
import io.tributary.core.fusion.Calibration;
import io.tributary.core.fusion.Fusion;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.fusion.Link;
import io.tributary.core.fusion.Offsets;
import io.tributary.core.measure.Figure;
import io.tributary.core.measure.Figures;
import io.tributary.core.measure.Metrics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.provider.Arguments;

/** A value of every contract. */
final class ContractSamples {

    private ContractSamples() {}

    private static final double NAN = Double.NaN;
    private static final String[] CLASSES = {"red", "green", "blue"};
    private static final Codec<Outcome> BY_NAME = Codecs.outcome(new Labels(Task.MULTICLASS, List.of(CLASSES)));

    /** Pairs of a codec and a value: every kind, with what may be absent present and absent. */
    static List<Arguments> all() {
        Scored scored = new Scored(
                1,
                "de",
                0.5,
                new String[] {"a", "b"},
                new double[] {0.25, NAN},
                new double[] {0.5, 0.25},
                new Prediction.Interval(0, 1, 0.9),
                2,
                3);
        return List.of(
                Arguments.of(Codecs.PREDICTION, prediction(0.5, "de")),
                Arguments.of(Codecs.PREDICTION, prediction(NAN, null)),
                Arguments.of(Codecs.PREDICTION, classes(0.5)),
                Arguments.of(Codecs.PREDICTION, classes(NAN)),
                Arguments.of(BY_NAME, new Outcome("e", 2, Outcome.Kind.FINAL, 4, null, NAN)),
                Arguments.of(BY_NAME, new Outcome("e", NAN, Outcome.Kind.RETRACTION, 4, null, NAN)),
                Arguments.of(
                        Codecs.FEEDBACK, new Feedback(Feedback.Kind.LABEL, "e", 4, 2, NAN, null, NAN, ofClasses(0.5))),
                Arguments.of(
                        Codecs.FEEDBACK, new Feedback(Feedback.Kind.LABEL, "e", 4, 2, NAN, null, NAN, ofClasses(NAN))),
                Arguments.of(Codecs.OUTCOME, new Outcome("e", 1, Outcome.Kind.FINAL, 4, "chargeback", 0.5)),
                Arguments.of(Codecs.OUTCOME, new Outcome("e", NAN, Outcome.Kind.RETRACTION, 4, null, NAN)),
                Arguments.of(Codecs.WEIGHTS, weights()),
                Arguments.of(Codecs.METRICS, metrics(0.5)),
                Arguments.of(Codecs.METRICS, metrics(NAN)),
                Arguments.of(Codecs.CONTROL, Control.bundle("e", "p", 2, 3, 1, 4, new byte[] {1, 2})),
                Arguments.of(
                        Codecs.CONTROL,
                        Control.answer("e", new Publication("p", 2, new byte[0]), 3, "score", 1, 2, "no file")),
                Arguments.of(Codecs.CONTROL, Control.decision("e", "p", 2, 3, null)),
                Arguments.of(
                        Codecs.DEAD_LETTER,
                        new DeadLetter("t", 1, 2, "decode-event", "why", null, new byte[] {1, 2}, 9, "ab", 3)),
                Arguments.of(
                        Codecs.FEEDBACK, new Feedback(Feedback.Kind.CORRECTION, "e", 4, 1, 0, "review", 0.5, scored)),
                Arguments.of(
                        Codecs.FEEDBACK,
                        new Feedback(Feedback.Kind.RETRACTION, "e", 4, NAN, 1, null, NAN, 0.25, scored)));
    }

    /** A prediction of three classes; of none if the score is NaN. */
    static Prediction classes(double score) {
        boolean none = Double.isNaN(score);
        double[] nobody = {NAN, NAN, NAN, NAN, NAN, NAN};
        return new Prediction(
                "e",
                "id",
                1,
                2,
                null,
                score,
                none ? new double[] {NAN, NAN, NAN} : new double[] {0.25, 0.5, 0.25},
                new String[] {"red", "green", "blue"},
                null,
                true,
                none ? "no member answered" : null,
                none ? NAN : 0,
                null,
                new String[] {"a", "b"},
                none ? nobody : new double[] {NAN, NAN, NAN, 0.25, 0.5, 0.25},
                new double[] {0, none ? 0 : 1},
                none ? new double[6] : new double[] {0, 0, 0, 0.25, 0.5, 0.25},
                new String[] {"error", none ? "error" : null},
                new byte[2][0],
                new Prediction.Recipe(
                        "log-odds", Link.LOG, new double[] {0.5, -0.5, 0}, 1e-6, 0, null, NAN, 0, -1, new String[] {"b"
                        }),
                none ? new double[0] : new double[] {0.25, 0.5, 0.25},
                3,
                4,
                null);
    }

    private static Scored ofClasses(double score) {
        return Scored.of(classes(score));
    }

    private static Weights weights() {
        Fusion mean = new Fusion(FusionMethod.MEAN, new double[] {-800}, new double[1]);
        Fusion stack = new Fusion(FusionMethod.STACK, new double[] {-0.25}, new double[] {0.5});
        return new Weights(
                "e",
                "de",
                1,
                2,
                2.5,
                "auto",
                new String[] {"a"},
                new String[0],
                new Weights.Candidate[] {new Weights.Candidate("boa", mean), new Weights.Candidate("stack", stack)},
                1,
                new Calibration(1.5, -0.5),
                new Offsets(-1, 2, 0.9),
                9);
    }

    private static Prediction prediction(double score, String segment) {
        return new Prediction(
                "e",
                "id",
                1,
                2,
                segment,
                score,
                new double[0],
                new String[0],
                Double.isNaN(score) ? null : true,
                true,
                Double.isNaN(score) ? "no member answered" : null,
                score,
                Double.isNaN(score) ? null : new Prediction.Interval(0.25, 0.75, 0.9),
                new String[] {"a", "b"},
                new double[] {score, NAN},
                new double[] {1, 0},
                new double[] {0.5, 0},
                new String[] {null, "error"},
                new byte[][] {{1, -2, 3}, {}},
                segment == null
                        ? Prediction.Recipe.unknown("mean")
                        : new Prediction.Recipe(
                                "mean",
                                Link.IDENTITY,
                                new double[0],
                                1e-6,
                                0.25,
                                new Calibration(2, -1),
                                0.5,
                                0.75,
                                8,
                                new String[] {"b"}),
                Double.isNaN(score) ? new double[0] : new double[] {0.5, 0.25},
                3,
                4,
                segment == null ? null : new Prediction.Latencies(5, 6, 7, new long[] {8, -1}));
    }

    private static Metrics metrics(double value) {
        return new Metrics(
                "e",
                1,
                Metrics.Scope.WINDOW,
                2,
                3,
                4,
                5,
                6,
                7,
                List.of(new Figures("a", 8, value, figures(value), List.of(new Figures.CalibrationBin(0.25, 0.5, 3)))),
                List.of(new Metrics.Alarm("a", "adwin", 0.25, 0.5)),
                9);
    }

    /** Each figure has another value, lest two of them change places unseen. */
    private static Map<Figure, Double> figures(double value) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            figures.put(figure, value + figure.ordinal());
        }
        return figures;
    }
}
