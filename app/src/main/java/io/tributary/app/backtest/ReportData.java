package io.tributary.app.backtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.core.Task;
import io.tributary.core.backtest.HindsightWeights;
import io.tributary.core.backtest.Recording;
import io.tributary.core.fusion.Fuser;
import io.tributary.core.fusion.Fusion;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.measure.BlockBootstrap;
import io.tributary.core.measure.Figure;
import io.tributary.core.measure.Figures;
import java.util.ArrayList;
import java.util.List;

/** What the page draws: curves thinned out to what a screen can show. */
final class ReportData {

    private static final int POINTS = 300;

    /** Losses of single stretches are noisy: fewer and longer ones show more. */
    private static final int LOSSES = 60;

    private static final int CURVE_POINTS = 200;
    private static final int DIGITS = 6;

    private final String title;
    private final BacktestResult result;
    private final Differences differences;
    private final Reported reported;
    private final Recording recording;
    private final int stride;
    private final ObjectMapper json = new ObjectMapper();

    ReportData(String title, BacktestResult result, Differences differences) {
        this.title = title;
        this.result = result;
        this.differences = differences;
        this.reported = result.reported();
        this.recording = result.recorded().recording();
        this.stride = stride(POINTS);
    }

    ObjectNode json() {
        ObjectNode root = json.createObjectNode();
        root.put("title", title);
        root.put("task", result.plan().task().label());
        root.put("rows", recording.rows());
        root.put("from", reported.from());
        root.put("labelled", reported.labelled());
        root.put("drawn", differences.drawn());
        result.plan().members().forEach(root.withArray("members")::add);
        for (Figure figure : Figure.of(result.plan().task())) {
            root.withArray("figures")
                    .addObject()
                    .put("name", figure.label())
                    .put("better", figure.better().name());
        }
        result.scorers().forEach(scorer -> table(root.withArray("table").addObject(), scorer));
        differences
                .pairs()
                .forEach(pair -> difference(root.withArray("differences").addObject(), pair));
        xAxis(root);
        curves(root);
        if (result.plan().task() == Task.BINARY) {
            for (Scorer scorer : drawn()) {
                reliability(root.withArray("reliability").addObject(), scorer);
                precisionRecall(root.withArray("precisionRecall").addObject(), scorer);
            }
        }
        return root;
    }

    /** The learners, the plain average, the best member and the incumbents: what is worth a line. */
    private List<Scorer> drawn() {
        List<Scorer> drawn = new ArrayList<>(result.learners());
        drawn.add(result.uniform());
        drawn.add(result.best());
        drawn.addAll(result.incumbents());
        return drawn;
    }

    private void table(ObjectNode into, Scorer scorer) {
        into.put("name", scorer.name()).put("kind", scorer.kind().label());
        into.put("n", scorer.figures().count());
        scorer.figures().values().forEach((figure, value) -> into.put(figure.label(), rounded(value)));
    }

    private static void difference(ObjectNode into, Differences.Pair pair) {
        into.put("name", pair.learner()).put("less", pair.other());
        BlockBootstrap.Interval main = pair.difference().main();
        into.put("figure", main.figure().label());
        into.put("value", rounded(main.difference()));
        into.put("low", rounded(main.low())).put("high", rounded(main.high()));
    }

    private int stride(int points) {
        return Math.max(1, (recording.rows() - reported.from() + points - 1) / points);
    }

    /** Where the windows end: times in seconds if they are told, else rows from 1. */
    private void xAxis(ObjectNode root) {
        long[] times = result.recorded().timesMillis();
        root.put("xIsTime", times != null);
        ArrayNode x = root.putArray("x");
        ArrayNode lossX = root.putArray("lossX");
        windows(stride, (from, to) -> x.add(times == null ? to : times[to - 1] / 1000.0));
        windows(stride(LOSSES), (from, to) -> lossX.add(times == null ? to : times[to - 1] / 1000.0));
    }

    private void curves(ObjectNode root) {
        double[] hindsight = HindsightWeights.of(recording, result.plan(), reported.from());
        ObjectNode weights = root.putObject("hindsight");
        for (int k = 0; k < hindsight.length; k++) {
            weights.put(result.plan().members().get(k), rounded(hindsight[k]));
        }
        root.put("best", result.best().name());
        double[] fixed = fused(hindsight);
        double[] best = result.best().scores();
        double[] uniform = result.uniform().scores();
        for (Scorer scorer : drawn()) {
            ObjectNode node = root.withArray("scorers").addObject();
            node.put("name", scorer.name()).put("kind", scorer.kind().label());
            losses(node.putArray("loss"), scorer.scores());
            regret(node.putArray("regretBest"), scorer.scores(), best, uniform);
            regret(node.putArray("regretFixed"), scorer.scores(), fixed, uniform);
            Scorer.Run run = scorer.run();
            if (run != null) {
                for (int k = 0; k < result.plan().members().size(); k++) {
                    weights(node.withArray("weights").addArray(), run.weights(), k);
                }
            }
        }
    }

    private double[] fused(double[] weights) {
        int classes = result.plan().classes();
        Fuser fuser = new Fuser(
                FusionMethod.MEAN,
                result.plan().task(),
                classes,
                result.plan().fusion().clip(),
                0,
                weights.length);
        double[] logs = new double[weights.length];
        for (int k = 0; k < logs.length; k++) {
            logs[k] = StrictMath.log(weights[k]);
        }
        fuser.use(new Fusion(FusionMethod.MEAN, logs, new double[classes]));
        double[] scores = new double[recording.rows() * classes];
        for (int t = 0; t < recording.rows(); t++) {
            fuser.fuse(recording.scores()[t]);
            System.arraycopy(fuser.fused(), 0, scores, t * classes, classes);
        }
        return scores;
    }

    /** The mean loss in each window. */
    private void losses(ArrayNode into, double[] scores) {
        windows(stride(LOSSES), (from, to) -> {
            double sum = 0;
            int count = 0;
            for (int t = from; t < to; t++) {
                double loss = reported.loss(scores, t);
                sum += Double.isNaN(loss) ? 0 : loss;
                count += Double.isNaN(loss) ? 0 : 1;
            }
            add(into, count == 0 ? Double.NaN : sum / count);
        });
    }

    /** The loss so far less that of another over the rows that both answered; where the other did not, the average stands in. */
    private void regret(ArrayNode into, double[] scores, double[] other, double[] otherwise) {
        double[] sum = {0};
        windows(stride, (from, to) -> {
            for (int t = from; t < to; t++) {
                double against = reported.loss(other, t);
                double difference =
                        reported.loss(scores, t) - (Double.isNaN(against) ? reported.loss(otherwise, t) : against);
                sum[0] += Double.isNaN(difference) ? 0 : difference;
            }
            add(into, sum[0]);
        });
    }

    /** A member's mean weight in each window. */
    private void weights(ArrayNode into, double[][] weights, int member) {
        windows(stride, (from, to) -> {
            double sum = 0;
            for (int t = from; t < to; t++) {
                sum += weights[t][member];
            }
            add(into, sum / (to - from));
        });
    }

    private interface Window {
        void over(int from, int to);
    }

    private void windows(int length, Window window) {
        for (int from = reported.from(); from < recording.rows(); from += length) {
            window.over(from, Math.min(recording.rows(), from + length));
        }
    }

    private static void reliability(ObjectNode into, Scorer scorer) {
        into.put("name", scorer.name()).put("kind", scorer.kind().label());
        for (Figures.CalibrationBin bin : scorer.figures().calibration()) {
            into.withArray("points")
                    .addArray()
                    .add(rounded(bin.meanScore()))
                    .add(rounded(bin.positiveShare()))
                    .add(bin.count());
        }
    }

    private void precisionRecall(ObjectNode into, Scorer scorer) {
        into.put("name", scorer.name()).put("kind", scorer.kind().label());
        for (double[] point : reported.scored(scorer.scores()).precisionRecall(CURVE_POINTS)) {
            into.withArray("points").addArray().add(rounded(point[0])).add(rounded(point[1]));
        }
    }

    private static void add(ArrayNode into, double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            into.addNull();
        } else {
            into.add(rounded(value));
        }
    }

    private static double rounded(double value) {
        return value == 0 || Double.isNaN(value) || Double.isInfinite(value)
                ? value
                : new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(DIGITS))
                        .doubleValue();
    }
}
