package io.tributary.app.report;

import io.tributary.app.play.PlayedEvent;
import io.tributary.app.play.Tally;
import io.tributary.core.Task;
import io.tributary.core.Weights;
import io.tributary.core.fusion.Fuser;
import io.tributary.core.measure.BlockBootstrap;
import io.tributary.core.measure.EnsembleMeasure;
import io.tributary.core.measure.Figure;
import io.tributary.core.measure.Figures;
import io.tributary.core.measure.ScoredLabels;
import io.tributary.core.spec.EnsembleSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a run over some of its events, computed exactly from every prediction and label.
 *
 * @param task what was predicted
 * @param title which events
 * @param events how many of the labelled events were predicted
 * @param members one entry a member in the order of the spec
 * @param fused the score that was emitted
 * @param uniform the fusion with equal weights
 * @param best the member that is best in the figure the task is judged by among those that answered nearly all events; null if there is none
 * @param overBest the fused score against that member's; null if there is none
 * @param overUniform the fused score against equal weights; null if too few days were seen
 */
public record Report(
        Task task,
        String title,
        int events,
        List<Row> members,
        Row fused,
        Row uniform,
        @Nullable String best,
        BlockBootstrap.@Nullable Difference overBest,
        BlockBootstrap.@Nullable Difference overUniform) {

    private static final double NEARLY_ALL = 0.99;

    /**
     * One scorer.
     *
     * @param weight its newest weight; NaN for the fusion and for equal weights
     */
    public record Row(String name, double weight, Figures figures) {}

    /**
     * Computes the figures over the predicted and labelled events that are chosen.
     *
     * @param chosen takes an event's index in the tally
     */
    public static Report of(String title, EnsembleSpec spec, Tally tally, IntPredicate chosen) {
        List<PlayedEvent> events = tally.events();
        int[] indexes = java.util.stream.IntStream.range(0, events.size())
                .filter(i -> tally.isPredicted(i) && !Double.isNaN(events.get(i).label()) && chosen.test(i))
                .toArray();
        int size = spec.members().size();
        int width = spec.scoreWidth();
        double[][] scores = new double[size + 2][indexes.length * width];
        double[] labels = new double[indexes.length];
        long[] times = new long[indexes.length];
        Fuser equal = spec.plan().uniform();
        double[] row = new double[size * width];
        for (int j = 0; j < indexes.length; j++) {
            for (int k = 0; k < size; k++) {
                tally.memberScore(k, indexes[j], row, k * width);
                System.arraycopy(row, k * width, scores[k], j * width, width);
            }
            tally.fusedScore(indexes[j], scores[size], j * width);
            equal.fuse(row);
            System.arraycopy(equal.fused(), 0, scores[size + 1], j * width, width);
            labels[j] = events.get(indexes[j]).label();
            times[j] = events.get(indexes[j]).timeMillis();
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            String name = i < size
                    ? spec.members().get(i).name()
                    : i == size ? EnsembleMeasure.FUSED : EnsembleMeasure.UNIFORM;
            rows.add(new Row(
                    name,
                    weight(tally.weights(), name, i < size ? 1.0 / size : Double.NaN),
                    figures(spec, name, scores[i], labels)));
        }
        int best = best(spec, rows.subList(0, size));
        BlockBootstrap bootstrap = new BlockBootstrap(
                BlockBootstrap.days(times),
                labels,
                spec.task(),
                width,
                spec.fusion().clip(),
                spec.quantile());
        return new Report(
                spec.task(),
                title,
                indexes.length,
                rows.subList(0, size),
                rows.get(size),
                rows.get(size + 1),
                best < 0 ? null : rows.get(best).name(),
                best < 0 ? null : bootstrap.difference(scores[size], scores[best]),
                bootstrap.difference(scores[size], scores[size + 1]));
    }

    private static int best(EnsembleSpec spec, List<Row> members) {
        Figure judged = Figure.of(spec.task()).get(0);
        return java.util.stream.IntStream.range(0, members.size())
                .filter(k -> members.get(k).figures().answered() >= NEARLY_ALL)
                .boxed()
                .min(Comparator.comparingDouble(k -> members.get(k).figures().of(judged)))
                .orElse(-1);
    }

    private static Figures figures(EnsembleSpec spec, String name, double[] scores, double[] labels) {
        ScoredLabels scored = new ScoredLabels(
                spec.task(), spec.scoreWidth(), spec.fusion().clip(), spec.threshold(), spec.quantile());
        for (int j = 0; j < labels.length; j++) {
            scored.add(scores, j * spec.scoreWidth(), labels[j]);
        }
        return scored.figures(name);
    }

    private static double weight(@Nullable Weights weights, String name, double otherwise) {
        if (weights == null) {
            return otherwise;
        }
        for (int k = 0; k < weights.members().length; k++) {
            if (weights.members()[k].equals(name)) {
                return weights.weight(k);
            }
        }
        return otherwise;
    }
}
