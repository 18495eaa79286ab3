package io.tributary.app.look;

import io.tributary.app.report.Grid;
import io.tributary.app.report.TextTable;
import io.tributary.app.report.TimeText;
import io.tributary.core.Weights;
import io.tributary.core.spec.EnsembleSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Weights as tables, for people. */
public final class WeightsText {

    private static final String ALL = "all traffic";

    private WeightsText() {}

    /** One set of weights, a member a line. */
    public static List<String> of(EnsembleSpec spec, Weights weights, long nowMillis) {
        List<String> lines = new ArrayList<>();
        String whose = weights.segment() == null ? "" : ", segment " + weights.segment();
        lines.add(weights.ensemble() + whose + ": weights version " + TextTable.count(weights.version()));
        Grid about = new Grid("ll");
        about.row(
                "published",
                TimeText.at(weights.publishedAtMillis()) + ", " + TimeText.span(nowMillis - weights.publishedAtMillis())
                        + " ago");
        about.row(
                "evidence",
                String.format(
                        Locale.ROOT, "%,.1f labels, under spec version %d", weights.evidence(), weights.specVersion()));
        about.row("learner", learner(weights));
        about.row(
                "fused by", weights.fusion().method().label() + (weights.calibration() == null ? "" : ", calibrated"));
        lines.addAll(about.lines());
        lines.add("");
        Grid grid = new Grid("lrl");
        grid.row("member", isCoefficients(weights) ? "coefficient" : "weight", "");
        grid.rule();
        for (int k = 0; k < weights.members().length; k++) {
            String name = weights.members()[k];
            grid.row(name, number(weights, k), spec.shadows().contains(name) ? "shadow: no part in the fusion" : "");
        }
        if (isCoefficients(weights)) {
            grid.rule();
            for (double bias : weights.fusion().bias()) {
                grid.row("bias", String.format(Locale.ROOT, "%.4f", bias), "");
            }
        }
        lines.addAll(grid.lines());
        return lines;
    }

    private static String learner(Weights weights) {
        String leader = weights.candidates()[weights.leader()].name();
        return leader.equals(weights.learner())
                ? weights.learner()
                : weights.learner() + ", which follows " + leader + " of " + weights.candidates().length;
    }

    /** Weights of several segments, one a line. */
    public static List<String> segments(Collection<Weights> weights) {
        return table("segment", weights, each -> each.segment() == null ? ALL : each.segment());
    }

    /** Weights one after the other, one a line. */
    public static List<String> history(Collection<Weights> weights) {
        return table("published", weights, each -> TimeText.at(each.publishedAtMillis()));
    }

    private static List<String> table(String heading, Collection<Weights> weights, Function<Weights, String> label) {
        Set<String> members = new LinkedHashSet<>();
        weights.forEach(each -> members.addAll(List.of(each.members())));
        Grid grid = new Grid("lrr" + "r".repeat(members.size()));
        List<String> head = new ArrayList<>(List.of(heading, "version", "evidence"));
        head.addAll(members);
        grid.row(head.toArray(String[]::new));
        grid.rule();
        for (Weights each : weights) {
            List<String> row = new ArrayList<>(List.of(
                    label.apply(each),
                    TextTable.count(each.version()),
                    String.format(Locale.ROOT, "%,.1f", each.evidence())));
            List<String> own = List.of(each.members());
            members.forEach(member -> row.add(own.contains(member) ? number(each, own.indexOf(member)) : "–"));
            grid.row(row.toArray(String[]::new));
        }
        return grid.lines();
    }

    private static boolean isCoefficients(Weights weights) {
        return !weights.fusion().method().isWeighted();
    }

    private static String number(Weights weights, int member) {
        return String.format(Locale.ROOT, "%.4f", weights.weight(member));
    }
}
