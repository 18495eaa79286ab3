package io.tributary.core.learn;

import io.tributary.core.Task;
import io.tributary.core.fusion.FusionMethod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The candidates that {@code auto} chooses from: a few ways to learn that suit different worlds. Some never forget, some
 * forget fast; some only weigh, some may also scale and shift. The first is followed until another is
 * known to be better.
 */
final class Portfolio {

    private static final double NEVER = Double.POSITIVE_INFINITY;

    private final Ensemble ensemble;
    private final LearnerSettings settings;
    private final List<Candidate> candidates = new ArrayList<>();

    private Portfolio(Ensemble ensemble, LearnerSettings settings) {
        this.ensemble = ensemble;
        this.settings = settings;
    }

    /**
     * The candidates for an ensemble.
     *
     * @param method the fusion that all of them shall have; null for what suits each
     */
    static List<Candidate> of(Ensemble ensemble, @Nullable FusionMethod method, LearnerSettings settings) {
        Portfolio portfolio = new Portfolio(ensemble, settings);
        if (method == null) {
            portfolio.all();
        } else {
            portfolio.only(method);
        }
        return portfolio.candidates;
    }

    private void all() {
        if (ensemble.task().isClasses()) {
            weights("boa", FusionMethod.MEAN, new Boa(), true);
            weights("uniform", FusionMethod.MEAN, new Uniform(), false);
            weights("fixed-share", FusionMethod.MEAN, new FixedShare(1, 0.05), false);
            stack("stack", 0.01, NEVER);
            stack("stack-100000", 0.01, 100_000);
            stack("stack-10000", 0.1, 10_000);
            stack("stack-1000", 0.1, 1000);
            stack("stack-100", 0.1, 100);
        } else {
            weights("share-1000", FusionMethod.MEAN, new ScaledShare(0.5, 0.001), true);
            weights("uniform", FusionMethod.MEAN, new Uniform(), false);
            weights("median", FusionMethod.MEDIAN, new Uniform(), false);
            weights("boa", FusionMethod.MEAN, new Boa(), true);
            weights("ml-poly", FusionMethod.MEAN, new MlPoly(), true);
            weights("share-20", FusionMethod.MEAN, new ScaledShare(0.5, 0.05), true);
            if (ensemble.task() == Task.REGRESSION) {
                stack("stack", 10, NEVER);
                stack("stack-1000", 10, 1000);
                stack("stack-100", 10, 100);
            }
        }
    }

    private void only(FusionMethod method) {
        if (method == FusionMethod.STACK) {
            stack("stack", settings.prior(), NEVER);
            stack("stack-1000", settings.prior(), 1000);
            stack("stack-100", settings.prior(), 100);
            return;
        }
        boolean gradient = method.isLinear();
        weights("boa", method, new Boa(), gradient);
        weights("uniform", method, new Uniform(), false);
        weights("ml-poly", method, new MlPoly(), gradient);
        weights("share-1000", method, new ScaledShare(0.5, 0.001), gradient);
        weights("share-20", method, new ScaledShare(0.5, 0.05), gradient);
    }

    private void weights(String name, FusionMethod method, WeightLearner learner, boolean gradient) {
        candidates.add(new WeightCandidate(name, ensemble, method, learner, gradient, settings.newMemberShare()));
    }

    private void stack(String name, double prior, double window) {
        boolean nonNegative = ensemble.task().isClasses();
        candidates.add(
                new StackCandidate(name, ensemble, settings.withPrior(prior).withWindow(window), nonNegative));
    }
}
