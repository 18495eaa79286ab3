package io.tributary.core.predict;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.fusion.Fuser;
import io.tributary.core.fusion.Fusion;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.fusion.Offsets;
import io.tributary.core.fusion.Voters;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.member.Checksums;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.LearningPlan;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the members' scores for an event into a prediction, with the weights it was last given: those of its segment,
 * mixed with the global ones by the segment's evidence, or the global ones if the segment has none. Every candidate of
 * the learner fuses every event, so that it can be judged by what it would have emitted; the leader's score is emitted.
 * Not for several threads.
 */
public final class Predictor {

    private static final double[] NO_SCORES = {};
    private static final Event NO_EVENT = new Event("", 0, null, new float[0], null);

    private final LearningPlan plan;
    private final String[] members;
    private final String[] classes;
    private final boolean[] required;
    private final Voters voters;
    private final double[] nobody;
    private final Terms terms;
    private final CandidateFusers fusers;
    private final Fused fused;
    private final Map<String, Segment> segments = new HashMap<>();
    private Weights global;

    /** What is known of a segment: its newest weights, and its fusers, mixed for the same global weights. */
    private static final class Segment {
        final Weights own;
        final CandidateFusers fusers;

        @Nullable
        Weights mixedWith;

        Segment(Weights own, CandidateFusers fusers) {
            this.own = own;
            this.fusers = fusers;
        }
    }

    /** Starts with equal weights, which have version 0. Takes the checksums of the models' files. */
    public Predictor(EnsembleSpec spec) {
        this(spec.plan(), Checksums.of(spec.members()));
    }

    /** The same for what of a spec it goes by, for members whose checksums are unknown. */
    public Predictor(LearningPlan plan) {
        this(plan, new byte[plan.members().size()][0]);
    }

    private Predictor(LearningPlan plan, byte[][] checksums) {
        this.plan = plan;
        this.members = plan.members().toArray(new String[0]);
        this.classes = plan.classNames().toArray(new String[0]);
        this.nobody = new double[members.length * plan.classes()];
        Arrays.fill(nobody, Double.NaN);
        this.required = new boolean[members.length];
        for (int k = 0; k < members.length; k++) {
            required[k] = plan.required().contains(members[k]);
        }
        this.voters = new Voters(plan.members(), plan.shadows(), plan.classes());
        this.global = new WeightFold(plan).weights(0);
        this.terms = new Terms(
                plan.ensemble(),
                members,
                classes,
                checksums,
                Prediction.Recipe.unknown(global.fusion().method().label()),
                plan.version(),
                global.version());
        this.fusers = new CandidateFusers(plan, global, terms);
        fusers.use(fusions(global), global, 0, -1);
        this.fused = new Fused(fusers.terms(), NO_EVENT);
    }

    /**
     * Takes the given weights, unless they are older than those it has, of another learner or other classes, or hold something that is no
     * number. Word that a segment was forgotten is taken too. A member they do not know gets the mean weight until it has been learned about.
     *
     * @return whether they are now in use
     */
    public boolean use(Weights weights) {
        if (weights.isForgotten() && weights.segment() != null) {
            segments.remove(weights.segment());
            return true;
        }
        if (!isOfThisLearner(weights)) {
            return false;
        }
        Weights ours = inOurOrder(weights);
        String name = weights.segment();
        if (name != null) {
            Segment known = segments.get(name);
            if (known != null && weights.version() < known.own.version()) {
                return false;
            }
            segments.put(
                    name, new Segment(ours, known == null ? new CandidateFusers(plan, ours, terms) : known.fusers));
            return true;
        }
        if (weights.version() < global.version()) {
            return false;
        }
        global = ours;
        fusers.use(fusions(ours), ours, 0, -1);
        return true;
    }

    private boolean isOfThisLearner(Weights weights) {
        Weights.Candidate[] theirs = weights.candidates();
        Weights.Candidate[] ours = global.candidates();
        boolean same = Arrays.equals(weights.classes(), classes)
                && theirs.length == ours.length
                && weights.leader() >= 0
                && weights.leader() < theirs.length;
        for (int i = 0; i < ours.length && same; i++) {
            Fusion fusion = theirs[i].fusion();
            same = theirs[i].name().equals(ours[i].name())
                    && fusion.method() == ours[i].fusion().method()
                    && fusion.parameters().length == weights.members().length
                    && fusion.bias().length == plan.classes()
                    && isUsable(fusion);
        }
        return same;
    }

    private static boolean isUsable(Fusion fusion) {
        boolean weighted = fusion.method().isWeighted();
        boolean usable = true;
        for (double bias : fusion.bias()) {
            usable &= Math.abs(bias) <= Double.MAX_VALUE;
        }
        for (double parameter : fusion.parameters()) {
            // A weight may be 0, and its logarithm −∞.
            usable &= parameter <= Double.MAX_VALUE && (weighted || parameter >= -Double.MAX_VALUE);
        }
        return usable;
    }

    private Weights inOurOrder(Weights weights) {
        List<String> theirs = Arrays.asList(weights.members());
        if (Arrays.equals(weights.members(), members)) {
            return weights;
        }
        Weights.Candidate[] candidates = new Weights.Candidate[weights.candidates().length];
        for (int i = 0; i < candidates.length; i++) {
            Fusion fusion = weights.candidates()[i].fusion();
            double[] parameters = new double[members.length];
            for (int k = 0; k < members.length; k++) {
                int at = theirs.indexOf(members[k]);
                double fresh = fusion.method() == FusionMethod.STACK ? 0 : -StrictMath.log(theirs.size());
                parameters[k] = at < 0 ? fresh : fusion.parameters()[at];
            }
            candidates[i] = new Weights.Candidate(
                    weights.candidates()[i].name(), new Fusion(fusion.method(), parameters, fusion.bias()));
        }
        return new Weights(
                weights.ensemble(),
                weights.segment(),
                weights.specVersion(),
                weights.version(),
                weights.evidence(),
                weights.learner(),
                members,
                weights.classes(),
                candidates,
                weights.leader(),
                weights.calibration(),
                weights.interval(),
                weights.publishedAtMillis());
    }

    private static Fusion[] fusions(Weights weights) {
        return Arrays.stream(weights.candidates())
                .map(Weights.Candidate::fusion)
                .toArray(Fusion[]::new);
    }

    /** The version of the global weights in use; 0 for equal weights. */
    public long weightsVersion() {
        return global.version();
    }

    /** Fuses an event's scores into a prediction of its own, where it is not measured how long the stages take. */
    public Prediction predict(Event event, double[] scores, @Nullable String[] missing, long nowMillis) {
        return fuse(event, scores, missing, nowMillis, null).prediction();
    }

    /**
     * Fuses an event's scores.
     *
     * @param scores one a member in the order of the spec, or one a class and member; NaN where missing
     * @param missing why a member is missing, null where it answered
     * @param nowMillis the time of the fusion
     * @param latencies how long the stages took; null where that is not measured
     * @return what became of it. Reused, and shares the arrays: it holds until the next call, or until they change.
     */
    public Fused fuse(
            Event event,
            double[] scores,
            @Nullable String[] missing,
            long nowMillis,
            Prediction.@Nullable Latencies latencies) {
        CandidateFusers chosen = fusersFor(event.segment());
        double[] voting = voters.of(scores);
        fused.candidates = chosen.fuse(voting);
        Fuser fuser = chosen.of(global.leader());
        fused.withheld = withheld(voting);
        if (fused.withheld != null) {
            fuser.fuse(nobody);
        }
        fused.terms = chosen.terms();
        fused.event = event;
        fused.processingTimeMillis = nowMillis;
        fused.scores = scores;
        fused.missing = missing;
        fused.latencies = latencies;
        fused.degraded = isDegraded(scores);
        fused.classScores = plan.classes() == 1 ? NO_SCORES : fuser.fused();
        fused.score = chosen.terms().recipe().emitted(fuser.fused());
        fused.positive = chosen.terms().recipe().positive(fused.score);
        fused.disagreement = fuser.disagreement();
        fused.interval = intervalAround(fused.score);
        fused.weights = fuser.effectiveWeights();
        fused.contributions = fuser.contributions();
        return fused;
    }

    private Prediction.@Nullable Interval intervalAround(double score) {
        Offsets offsets = global.interval();
        return offsets == null || Double.isNaN(score)
                ? null
                : new Prediction.Interval(score + offsets.lower(), score + offsets.upper(), offsets.level());
    }

    private boolean isDegraded(double[] scores) {
        boolean degraded = false;
        for (int k = 0; k < members.length; k++) {
            degraded |= voters.isVoter(k) && isMissing(scores, k);
        }
        return degraded;
    }

    private boolean isMissing(double[] scores, int member) {
        return Double.isNaN(scores[member * plan.classes()]);
    }

    /** Why no score shall be emitted; null if one shall. */
    private @Nullable String withheld(double[] scores) {
        boolean anyAnswered = false;
        for (int k = 0; k < members.length; k++) {
            anyAnswered |= !isMissing(scores, k);
            if (required[k] && isMissing(scores, k)) {
                return "required member " + members[k] + " is missing";
            }
        }
        return anyAnswered ? null : "no member answered";
    }

    private CandidateFusers fusersFor(@Nullable String name) {
        Segment segment = name == null ? null : segments.get(name);
        if (segment == null) {
            return fusers;
        }
        if (segment.mixedWith != global) {
            double share = segment.own.evidence()
                    / (segment.own.evidence() + plan.learning().segments().evidence());
            Fusion[] own = fusions(segment.own);
            Fusion[] all = fusions(global);
            Fusion[] mixed = new Fusion[own.length];
            for (int i = 0; i < own.length; i++) {
                mixed[i] = Shrinkage.mix(own[i], all[i], share);
            }
            segment.fusers.use(mixed, global, share, segment.own.version());
            segment.mixedWith = global;
        }
        return segment.fusers;
    }
}
