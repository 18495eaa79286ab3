package io.tributary.core.learn;

import io.tributary.core.fusion.FusionMethod;
import java.util.List;

/** The learners that a spec can name. */
public final class Learners {

    /** The selector over several of the others, each with its fusion. */
    public static final String AUTO = "auto";

    /** The regression on the members' scores. */
    public static final String STACK = "stack";

    /** Their names, the default first. */
    public static final List<String> NAMES = List.of(
            AUTO, "boa", "ml-poly", "ml-prod", "ml-ewa", "hedge", "fixed-share", "ogd", "adahedged", "accuracy", STACK);

    private static final double SHARE = 0.01;
    private static final double SHRINKING = 0.5;
    private static final double WINDOW = 1000;

    private Learners() {}

    /**
     * A learner of weights.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static WeightLearner weights(String name, LearnerSettings settings, int members) {
        return switch (name) {
            case "hedge" -> new Hedge(settings.eta());
            case "fixed-share" -> new FixedShare(settings.eta(), settings.alphaOr(SHARE));
            case "boa" -> new Boa();
            case "ml-poly" -> new MlPoly();
            case "ml-prod" -> new MlProd();
            case "ml-ewa" -> new MlEwa();
            case "ogd" -> new SimplexGradient(settings.alphaOr(SHRINKING));
            case "adahedged" -> new AdaHedgeD(members);
            case "accuracy" -> new Accuracy(settings.windowOr(WINDOW), settings.eta(), settings.lambda());
            default ->
                throw new IllegalArgumentException(
                        "there is no learner '" + name + "'; known are " + String.join(", ", NAMES));
        };
    }

    /** Whether the learner takes the tangent of the loss where nobody says otherwise. */
    static boolean gradient(String name, Loss loss, FusionMethod method) {
        // With log loss the rate 1 makes hedge Bayes' rule, which holds for the loss itself and not for its tangent.
        boolean bayes = (name.equals("hedge") || name.equals("fixed-share")) && loss == Loss.LOG;
        return method.isLinear() && !bayes && !name.equals("accuracy");
    }

    /** Whether the learner cannot do without the tangent. */
    static boolean needsGradient(String name) {
        return name.equals("ogd") || name.equals("adahedged");
    }

    /**
     * What is wrong with a fusion and a learner together; null if nothing is.
     *
     * @param name a learner's
     */
    public static @org.jspecify.annotations.Nullable String mismatch(String name, FusionMethod method) {
        if (name.equals(AUTO)) {
            return null;
        }
        if (name.equals(STACK) != (method == FusionMethod.STACK)) {
            return name.equals(STACK)
                    ? "learner stack learns coefficients, which fusion " + method.label()
                            + " has not; take fusion stack"
                    : "fusion stack has coefficients, which learner " + name + " cannot learn; take learner stack";
        }
        if (needsGradient(name) && !method.isLinear()) {
            return "learner " + name + " needs the loss's slope, which fusion " + method.label()
                    + " has not; take fusion mean or log-odds, or learner boa";
        }
        return null;
    }
}
