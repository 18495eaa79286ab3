package io.tributary.core.predict;

import io.tributary.core.Prediction;
import io.tributary.core.fusion.Fuser;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.fusion.Link;
import io.tributary.core.fusion.Voters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prediction made again from what its record says the members said and weighed. A score that was withheld is withheld
 * again.
 *
 * @param fused the fused score before calibration: one number, or one a class; NaN where there is none
 * @param score what is emitted for it
 * @param contributions what each member adds to it, laid out as the scores are
 * @param disagreement the weighted standard deviation of the scores around it
 * @param positive whether it counts as positive; null where that is not asked
 */
public record Recomputed(
        double[] fused,
        double score,
        double[] contributions,
        double disagreement,
        @Nullable Boolean positive) {

    /**
     * Fuses a prediction's scores again.
     *
     * @throws IllegalArgumentException if the record does not say enough for that; the message says what is missing
     */
    public static Recomputed of(Prediction prediction) {
        Prediction.Recipe recipe = prediction.recipe();
        Link link = recipe.link();
        if (link == null) {
            throw new IllegalArgumentException("the prediction for event '" + prediction.eventId()
                    + "' does not say how it was fused but for the method " + recipe.method()
                    + ": it was written by another version of Tributary");
        }
        Fuser fuser = Fuser.again(
                FusionMethod.of(recipe.method()),
                link,
                Math.max(1, prediction.classes().length),
                recipe.clip(),
                recipe.trim(),
                prediction.weights(),
                recipe.bias());
        double[] scores = prediction.scores().clone();
        if (prediction.withheld() != null) {
            Arrays.fill(scores, Double.NaN);
        }
        List<String> members = List.of(prediction.members());
        fuser.fuse(new Voters(members, List.of(recipe.shadows()), scores.length / members.size()).of(scores));
        double score = recipe.emitted(fuser.fused());
        return new Recomputed(
                fuser.fused(), score, fuser.contributions(), fuser.disagreement(), recipe.positive(score));
    }

    /** The fields of the prediction that this differs from in any bit, by name; none if it is the same. */
    public List<String> differences(Prediction prediction) {
        List<String> names = new ArrayList<>();
        note(names, "score", isSame(score, prediction.score()));
        boolean several = prediction.classes().length > 0;
        note(names, "classScores", !several || Arrays.equals(fused, prediction.classScores()));
        note(names, "contributions", Arrays.equals(contributions, prediction.contributions()));
        note(names, "disagreement", isSame(disagreement, prediction.disagreement()));
        note(
                names,
                "positive",
                positive == null ? prediction.positive() == null : positive.equals(prediction.positive()));
        return names;
    }

    /** As {@link Arrays#equals(double[], double[])} compares: bit for bit, and NaN is NaN. */
    private static boolean isSame(double one, double other) {
        return Double.doubleToLongBits(one) == Double.doubleToLongBits(other);
    }

    private static void note(List<String> names, String name, boolean same) {
        if (!same) {
            names.add(name);
        }
    }
}
