package io.tributary.app.backtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.app.report.Json;
import io.tributary.core.Weights;
import io.tributary.core.measure.BlockBootstrap;
import io.tributary.core.measure.Figure;
import java.util.List;

/** A backtest's figures as JSON. A figure that has no value is left out. */
public final class BacktestJson {

    private BacktestJson() {}

    /** The figures of every scorer, and how far learners are from what they are compared with. */
    public static ObjectNode of(BacktestResult result, Differences differences) {
        ObjectNode root = Json.object();
        root.put("task", result.plan().task().label());
        root.put("rows", result.recorded().recording().rows());
        root.put("reportedFrom", result.reported().from());
        root.put("labelled", result.reported().labelled());
        for (Scorer scorer : result.scorers()) {
            scorer(root.withArray("results").addObject(), scorer, result);
        }
        ObjectNode compared = root.putObject("differences");
        compared.put("drawn", differences.drawn());
        for (Differences.Pair pair : differences.pairs()) {
            ObjectNode node = compared.withArray("pairs").addObject();
            node.put("name", pair.learner()).put("less", pair.other());
            for (BlockBootstrap.Interval each :
                    List.of(pair.difference().main(), pair.difference().other())) {
                node.put(each.figure().label(), each.difference());
                node.putArray(each.figure().label() + "95").add(each.low()).add(each.high());
            }
        }
        return root;
    }

    private static void scorer(ObjectNode into, Scorer scorer, BacktestResult result) {
        into.put("name", scorer.name()).put("kind", scorer.kind().label());
        into.put("n", scorer.figures().count());
        for (Figure figure : Figure.of(result.plan().task())) {
            double value = scorer.figures().of(figure);
            if (!Double.isNaN(value)) {
                into.put(figure.label(), value);
            }
        }
        List<String> members = result.plan().members();
        if (scorer.kind() == Scorer.Kind.UNIFORM) {
            ObjectNode weights = into.putObject("weights");
            members.forEach(member -> weights.put(member, 1.0 / members.size()));
        }
        Scorer.Run run = scorer.run();
        if (run == null) {
            return;
        }
        Weights last = run.learned().weights(0);
        ObjectNode weights = into.putObject("weights");
        for (int k = 0; k < members.size(); k++) {
            weights.put(members.get(k), last.weight(k));
        }
        into.put("fusion", last.fusion().method().label());
        into.put("candidate", last.candidates()[last.leader()].name());
        if (!last.fusion().method().isWeighted()) {
            ObjectNode node = into;
            for (double bias : last.fusion().bias()) {
                node.withArray("bias").add(bias);
            }
        }
        if (run.tuned() != null) {
            ObjectNode chosen = into.putObject("chosen");
            ChosenSettings.of(scorer.name(), run.tuned().settings()).forEach((name, value) -> {
                // JSON has no infinity; what is left out is the learner's default.
                if (Double.isFinite(value)) {
                    chosen.put(name, value);
                }
            });
            into.put("settingsTried", run.tuned().tried());
        }
    }
}
