package io.tributary.dashboard.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.core.Task;
import io.tributary.core.measure.Figure;
import io.tributary.core.measure.Figures;
import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much each scorer has lost, over time, and how far scores can be taken at their word. */
final class Losses {

    private static final String FUSED = "fused";

    private final Figure figure;
    private final double level;
    private final Names names;
    private final Steps<Scores> steps;
    private @Nullable Metrics newest;
    private long newestMillis;
    private boolean changed;

    private record Scores(double[] counts, double[] means) {}

    Losses(EnsembleSpec spec) {
        this.figure = Figure.of(spec.task()).get(0);
        this.level =
                spec.task() == Task.QUANTILE ? spec.quantile() : spec.fusion().interval();
        this.names = new Names(List.of());
        this.steps = new Steps<>(names, Losses::write);
    }

    /** Takes figures over everything so far; those of a window are part of them. */
    void take(Metrics metrics, long atMillis) {
        if (metrics.scope() != Metrics.Scope.CUMULATIVE) {
            return;
        }
        metrics.figures().forEach(each -> names.place(each.scorer()));
        double[] counts = new double[names.count()];
        double[] means = new double[names.count()];
        Arrays.fill(means, Double.NaN);
        for (Figures each : metrics.figures()) {
            counts[names.place(each.scorer())] = each.count();
            means[names.place(each.scorer())] = each.of(figure);
        }
        steps.put(atMillis, new Scores(counts, means));
        if (newest == null || newestMillis <= atMillis) {
            newest = metrics;
            newestMillis = atMillis;
            changed = true;
        }
    }

    private static void write(Scores scores, ArrayNode point) {
        ArrayNode counts = point.addArray();
        ArrayNode means = point.addArray();
        for (int k = 0; k < scores.counts().length; k++) {
            counts.add((long) scores.counts()[k]);
            Json.add(means, scores.means()[k]);
        }
    }

    /** A scorer's loss over everything so far; NaN if there is none. */
    double of(String scorer) {
        return newest == null
                ? Double.NaN
                : newest.figures().stream()
                        .filter(each -> each.scorer().equals(scorer))
                        .mapToDouble(each -> each.of(figure))
                        .findFirst()
                        .orElse(Double.NaN);
    }

    /** What is measured. */
    ObjectNode figure() {
        String title = figure == Figure.LOG_LOSS
                ? "log loss"
                : figure == Figure.RMSE ? "RMSE" : figure.label().toLowerCase(Locale.ROOT) + " loss";
        return Json.NODES
                .objectNode()
                .put("name", figure.label())
                .put("title", title)
                .put("squared", figure == Figure.RMSE);
    }

    ObjectNode whole(long nowMillis) {
        return steps.whole(nowMillis);
    }

    @Nullable
    ObjectNode changes(long nowMillis) {
        return steps.changes(nowMillis);
    }

    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** How scores and shares of positives go together, and how often intervals held the truth. */
    ObjectNode calibration() {
        ObjectNode json = Json.NODES.objectNode();
        ObjectNode bins = json.putObject("bins");
        double coverage = Double.NaN;
        for (Figures each : newest == null ? List.<Figures>of() : newest.figures()) {
            ArrayNode own = bins.putArray(each.scorer());
            for (Figures.CalibrationBin bin : each.calibration()) {
                ArrayNode point = own.addArray();
                Json.add(point, bin.meanScore());
                Json.add(point, bin.positiveShare());
                point.add(bin.count());
            }
            coverage = each.scorer().equals(FUSED) ? each.of(Figure.COVERAGE) : coverage;
        }
        Json.put(json, "coverage", coverage);
        Json.put(json, "level", level);
        return json;
    }
}
