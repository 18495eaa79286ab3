package io.tributary.core.learn;

import io.tributary.core.fusion.FusionMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the candidates that a learner's name stands for. */
final class Candidates {

    private Candidates() {}

    static List<Candidate> of(
            Ensemble ensemble, String learner, @Nullable FusionMethod method, LearnerSettings settings) {
        return learner.equals(Learners.AUTO)
                ? Portfolio.of(ensemble, method, settings)
                : List.of(one(ensemble, learner, method, settings));
    }

    private static Candidate one(
            Ensemble ensemble, String learner, @Nullable FusionMethod method, LearnerSettings settings) {
        if (learner.equals(Learners.STACK)) {
            return new StackCandidate(learner, ensemble, settings, false);
        }
        FusionMethod chosen = method == null ? FusionMethod.MEAN : method;
        Boolean asked = settings.gradient();
        boolean gradient = asked == null ? Learners.gradient(learner, ensemble.loss(), chosen) : asked;
        return new WeightCandidate(
                learner,
                ensemble,
                chosen,
                Learners.weights(learner, settings, ensemble.members()),
                gradient,
                settings.newMemberShare());
    }
}
