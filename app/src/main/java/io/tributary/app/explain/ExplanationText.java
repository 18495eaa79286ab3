package io.tributary.app.explain;

import io.tributary.app.report.Grid;
import io.tributary.core.Labels;
import io.tributary.core.Prediction;
import io.tributary.core.member.MissingReason;
import io.tributary.core.predict.Recomputed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** An explanation as lines of text, for people. */
public final class ExplanationText {

    private static final int CHECKSUM_DIGITS = 12;

    private final Explanation explanation;
    private final Prediction p;
    private final Contributions contributions;
    private final int width;
    private final int shown;

    private ExplanationText(Explanation explanation) {
        this.explanation = explanation;
        this.p = explanation.prediction();
        this.contributions = new Contributions(p);
        this.width = Math.max(1, p.classes().length);
        this.shown = Math.max(0, p.likeliest());
    }

    /** All of it: score and decision, where it comes from, a row a member, and whether it could be made again. */
    public static List<String> of(Explanation explanation) {
        ExplanationText text = new ExplanationText(explanation);
        List<String> lines = new ArrayList<>();
        lines.add("Event " + text.p.eventId() + " of " + text.p.ensemble() + ": " + text.verdict());
        lines.addAll(text.origin());
        lines.add("");
        lines.addAll(text.members());
        lines.add("");
        lines.addAll(text.notes());
        lines.add("");
        lines.addAll(text.again());
        return lines;
    }

    private String verdict() {
        if (p.withheld() != null) {
            return "no score, for " + p.withheld();
        }
        String score = Numbers.score(p.score(), p);
        if (p.likeliest() >= 0) {
            return p.classes()[p.likeliest()] + ", with probability " + score;
        }
        double threshold = p.recipe().threshold();
        String limit = Double.isNaN(threshold) ? "" : String.format(Locale.ROOT, " (from %s on it is)", threshold);
        return "score " + score
                + (p.positive() == null ? "" : (p.positive() ? ", positive" : ", not positive") + limit);
    }

    private List<String> origin() {
        Grid grid = new Grid("ll");
        grid.row("happened", Instant.ofEpochMilli(p.eventTimeMillis()).toString());
        grid.row("predicted", Instant.ofEpochMilli(p.processingTimeMillis()).toString());
        Prediction.Latencies latencies = p.latencies();
        if (latencies != null) {
            grid.row(
                    "took",
                    Numbers.millis(latencies.totalMicros()) + " from arrival: " + Numbers.millis(latencies.waitMicros())
                            + " until its batch was handed over, " + Numbers.millis(latencies.membersMicros())
                            + " with the members, " + Numbers.millis(latencies.fuseMicros()) + " until it was fused");
        }
        grid.row(
                "fused by",
                p.recipe().method() + ", spec version " + p.specVersion() + ", weights version "
                        + String.format(Locale.ROOT, "%,d", p.weightsVersion())
                        + (p.weightsVersion() == 0 ? " (none learned yet: all weigh the same)" : ""));
        if (p.segment() != null) {
            grid.row("segment", p.segment() + segmentShare());
        }
        Prediction.Interval interval = p.interval();
        if (interval != null) {
            grid.row(
                    "interval",
                    String.format(
                            Locale.ROOT,
                            "%s to %s with probability %s",
                            Numbers.score(interval.lower(), p),
                            Numbers.score(interval.upper(), p),
                            interval.level()));
        }
        int copies = explanation.place().copies();
        grid.row("record", explanation.place() + (copies > 1 ? ", the newest of " + copies + " copies" : ""));
        return grid.lines();
    }

    private String segmentShare() {
        Prediction.Recipe recipe = p.recipe();
        return recipe.segmentVersion() < 0
                ? ", which has no weights of its own"
                : String.format(
                        Locale.ROOT,
                        ", whose own weights, version %,d, count %.1f %% beside those of all traffic",
                        recipe.segmentVersion(),
                        100 * recipe.segmentShare());
    }

    private List<String> members() {
        Grid grid = new Grid("lrrrlrl");
        boolean timed = p.latencies() != null;
        grid.row("member", "score", "weight", contributions.heading(), "", timed ? "took" : "", "model");
        grid.rule();
        for (int k = 0; k < p.members().length; k++) {
            member(grid, k);
        }
        Recomputed again = explanation.again();
        if (again != null && p.withheld() == null) {
            grid.rule();
            if (contributions.addUp() && contributions.bias() != 0) {
                grid.row("bias", "", "", Numbers.signed(contributions.bias()), "", "", "");
            }
            String sum = contributions.addUp() ? Numbers.signed(contributions.sum()) : "";
            grid.row("fused", Numbers.score(again.fused()[shown], p), "", sum, "", "", "");
            if (p.recipe().calibration() != null) {
                grid.row("calibrated", Numbers.score(p.score(), p), "", "", "", "", "");
            }
        }
        return grid.lines();
    }

    private void member(Grid grid, int k) {
        String missing = p.missing()[k];
        if (missing != null) {
            grid.row(p.members()[k], "missing: " + MissingReason.words(missing));
            return;
        }
        Recomputed again = explanation.again();
        double fused = again == null ? p.score() : again.fused()[shown];
        long took = p.latencies() == null ? -1 : p.latencies().tookMicros()[k];
        grid.row(
                p.members()[k],
                Numbers.score(p.scores()[k * width + shown], p) + favourite(k),
                String.format(Locale.ROOT, "%.4f", p.weights()[k]),
                fused(k) ? Numbers.signed(contributions.of(k)) : "",
                contributions.isShadow(k)
                        ? "shadow: no part in the fusion"
                        : fused(k) ? contributions.meaning(k, fused) : "",
                took < 0 ? "" : Numbers.millis(took),
                checksum(k));
    }

    private boolean fused(int k) {
        return p.withheld() == null && !contributions.isShadow(k);
    }

    /** The class that a member holds to be the likeliest, where that is another than the predicted one. */
    private String favourite(int k) {
        double[] own = Arrays.copyOfRange(p.scores(), k * width, (k + 1) * width);
        int best = Labels.likeliest(own, 0, width);
        return best == shown || width == 1 ? "" : " (" + p.classes()[best] + " " + Numbers.score(own[best], p) + ")";
    }

    private String checksum(int k) {
        String hex = HexFormat.of().formatHex(p.checksums()[k]);
        return hex.isEmpty() ? "–" : hex.substring(0, Math.min(CHECKSUM_DIGITS, hex.length()));
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("  " + contributions.legend());
        if (p.degraded()) {
            notes.add("  weight: what the member weighs among those that answered.");
        }
        if (p.latencies() != null) {
            notes.add("  took: how long the member computed on the whole batch that the event was in.");
        }
        notes.add("  model: the first digits of the SHA-256 of its file, or of the rules' text.");
        if (!Double.isNaN(p.disagreement())) {
            notes.add(String.format(
                    Locale.ROOT,
                    "  The members' scores lie %s around the fused one (weighted standard deviation).",
                    Numbers.score(p.disagreement(), p)));
        }
        return notes;
    }

    private List<String> again() {
        Recomputed again = explanation.again();
        if (again == null) {
            return List.of("✗ It could not be fused again: " + explanation.problem());
        }
        String score = Double.isNaN(again.score()) ? "no score" : Double.toString(again.score());
        if (explanation.isSame()) {
            return List.of("✓ Fused again from this record alone: " + score + ", the same to the last bit.");
        }
        return List.of(
                "✗ Fused again from this record alone: " + score + ", and the record has " + p.score() + ".",
                "  Not the same: " + String.join(", ", explanation.differences())
                        + ". The record was changed, or written by another version of Tributary.");
    }
}
