package io.tributary.core.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.core.Event;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Join;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.feedback.Scored;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.measure.EnsembleMeasure;
import io.tributary.core.member.FeatureBatch;
import io.tributary.core.member.Member;
import io.tributary.core.member.MissingReason;
import io.tributary.core.predict.EventScores;
import io.tributary.core.predict.Predictor;
import io.tributary.core.prepare.Histories;
import io.tributary.core.spec.EnsembleSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What the scoring and the learning plane together must compute, one call after the other and nothing in between: no
 * topics, threads or batches. The planes are right when their predictions are these.
 */
public final class ReferencePipeline {

    private final EventScores answers;
    private final double[] one;
    private final List<Member> members;
    private final Predictor predictor;
    private final WeightFold fold;
    private final EnsembleMeasure measure;
    private final Map<String, Join.State> joined = new HashMap<>();
    private final Duration settle;
    private final NavigableSet<Held> held = new TreeSet<>(Held.ORDER);
    private final FeatureBatch row;
    private final Histories histories;

    /**
     * A pipeline that has seen nothing.
     *
     * @param members open members in the order of the spec; the caller closes them
     */
    public ReferencePipeline(EnsembleSpec spec, List<Member> members) {
        this.answers = new EventScores(spec);
        this.one = new double[spec.scoreWidth()];
        this.members = List.copyOf(members);
        this.predictor = new Predictor(spec);
        this.fold = new WeightFold(spec);
        this.measure = new EnsembleMeasure(spec);
        this.settle = spec.outcomes().settle();
        this.histories = new Histories(spec.features());
        this.row = new FeatureBatch(1, spec.features().width());
    }

    /** Scores an event, as it was decoded, with the weights last published. An event whose id was seen before is scored, and not learned. */
    public Prediction score(Event event, long nowMillis) {
        histories.enter(event);
        row.clear();
        row.add(event.features());
        for (int k = 0; k < members.size(); k++) {
            MissingReason failure = null;
            Arrays.fill(one, Double.NaN);
            try {
                members.get(k).score(row, one);
            } catch (Exception e) {
                failure = MissingReason.ofFailure(e);
            }
            answers.take(k, one, 0, failure);
        }
        Prediction prediction = predictor.predict(event, answers.scores(), answers.missing(), nowMillis);
        take(event.id(), Join.onPrediction(event.id(), state(event.id()), Scored.of(prediction)));
        return prediction;
    }

    /** Takes an outcome at the time at which it became known. */
    public void outcome(Outcome outcome) {
        outcome(outcome, outcome.timeMillis());
    }

    /**
     * Takes an outcome; what follows from it shows in predictions once {@link #publish} has been called.
     *
     * @param nowMillis the time, on the clock of {@link #settle}; it plays no role if labels teach at once
     */
    public void outcome(Outcome outcome, long nowMillis) {
        take(outcome.eventId(), Join.onOutcome(state(outcome.eventId()), outcome, settle, nowMillis));
    }

    /** Lets go the labels that have been held for as long as the spec says, the one that was seen first at first. */
    public void settle(long nowMillis) {
        while (!held.isEmpty() && held.first().sinceMillis() <= nowMillis - settle.toMillis()) {
            String eventId = held.first().eventId();
            held.pollFirst();
            take(eventId, Join.onSettled(eventId, state(eventId)));
        }
    }

    /** Publishes the weights learned so far: later events are scored with them. */
    public Weights publish(long nowMillis) {
        Weights weights = fold.weights(nowMillis);
        predictor.use(weights);
        return weights;
    }

    /** How good members and fusion were. */
    public EnsembleMeasure measure() {
        return measure;
    }

    private Join.State state(String eventId) {
        return joined.getOrDefault(eventId, Join.State.EMPTY);
    }

    private void take(String eventId, Join.Step step) {
        if (step.state().isHeld()) {
            held.add(new Held(step.state().heldSinceMillis(), eventId));
        }
        joined.put(eventId, step.state());
        Feedback feedback = step.feedback();
        if (feedback != null) {
            fold.learn(feedback);
            measure.observe(feedback);
        }
    }

    /** A label that is held, since when its event's first outcome was seen. */
    private record Held(long sinceMillis, String eventId) {
        static final Comparator<Held> ORDER = Comparator.comparingLong(Held::sinceMillis)
                .thenComparing(each -> each.eventId().getBytes(UTF_8), Arrays::compareUnsigned);
    }
}
