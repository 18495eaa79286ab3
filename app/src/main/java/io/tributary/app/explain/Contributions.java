package io.tributary.app.explain;

import io.tributary.core.Prediction;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.fusion.Link;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the members' contributions to a prediction are and mean, in words. Of several classes, those to the likeliest. */
final class Contributions {

    private final Prediction prediction;
    private final @Nullable Link link;
    private final boolean terms;
    private final int width;
    private final int shown;

    Contributions(Prediction prediction) {
        this.prediction = prediction;
        this.link = prediction.recipe().link();
        this.width = Math.max(1, prediction.classes().length);
        this.shown = Math.max(0, prediction.likeliest());
        String method = prediction.recipe().method();
        this.terms = !List.of(FusionMethod.HARD_VOTE, FusionMethod.MEDIAN, FusionMethod.TRIMMED_MEAN).stream()
                .map(FusionMethod::label)
                .toList()
                .contains(method);
    }

    /** Whether they add up to the fused score in the link. */
    boolean addUp() {
        return terms;
    }

    /** The head of their column. */
    String heading() {
        if (!terms) {
            return "effect";
        }
        return link == Link.LOGIT ? "log-odds" : link == Link.LOG ? "log" : "adds";
    }

    /** A member's. */
    double of(int member) {
        return prediction.contributions()[member * width + shown];
    }

    /** What was added beside them; 0 for nothing. */
    double bias() {
        double[] bias = prediction.recipe().bias();
        return bias.length == 0 ? 0 : bias[shown];
    }

    /** Their sum, with the bias. */
    double sum() {
        double sum = 0;
        for (int k = 0; k < prediction.members().length; k++) {
            sum += of(k);
        }
        return sum + bias();
    }

    /** Whether a member had no part in the fusion, whatever it answered. */
    boolean isShadow(int member) {
        return List.of(prediction.recipe().shadows()).contains(prediction.members()[member]);
    }

    /** What a member's means; empty where the number says it all. */
    String meaning(int member, double fused) {
        if (!terms) {
            return voters() == 1
                    ? "the only one that answered"
                    : "without it " + Numbers.score(fused - of(member), prediction);
        }
        if (link == Link.LOGIT) {
            return odds(of(member));
        }
        if (link == Link.LOG) {
            int other = runnerUp();
            return odds(of(member) - prediction.contributions()[member * width + other]) + " of "
                    + prediction.classes()[shown] + " against " + prediction.classes()[other];
        }
        return isShares() ? String.format(Locale.ROOT, "%.1f %% of it", 100 * of(member) / fused) : "";
    }

    private int voters() {
        int voters = 0;
        for (int k = 0; k < prediction.members().length; k++) {
            voters += prediction.missing()[k] == null && !isShadow(k) ? 1 : 0;
        }
        return voters;
    }

    private static String odds(double difference) {
        return String.format(Locale.ROOT, "odds × %.3g", StrictMath.exp(difference));
    }

    private boolean isShares() {
        boolean shares = bias() == 0 && sum() > 0;
        for (int k = 0; k < prediction.members().length; k++) {
            shares &= of(k) >= 0;
        }
        return shares;
    }

    private int runnerUp() {
        int second = shown == 0 ? 1 : 0;
        for (int c = 0; c < width; c++) {
            second = c != shown && prediction.classScores()[c] > prediction.classScores()[second] ? c : second;
        }
        return second;
    }

    /** A sentence that says how to read the column. */
    String legend() {
        if (!terms) {
            return "effect: how much the fused score would fall without the member.";
        }
        if (link == Link.LOGIT) {
            return "log-odds: what the member adds to the log-odds of the fused score; above 0 speaks for yes, below for no.";
        }
        if (link == Link.LOG) {
            return "log: what the member adds to the logarithm of the class's fused probability, but for a constant that all"
                    + " classes share.";
        }
        return "adds: what the member adds to the fused score.";
    }
}
