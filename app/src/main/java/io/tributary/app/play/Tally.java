package io.tributary.app.play;

import io.tributary.core.DeadLetter;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.dashboard.read.Watcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What has come out for the events that were played: every member's and the fused score of each, the newest weights and
 * figures, and how many records could not be used. Safe for several threads.
 */
public final class Tally implements Watcher {

    private final EnsembleSpec spec;
    private final List<PlayedEvent> events;
    private final Map<String, Integer> indexOfId;
    private final int width;
    private final double[][] memberScores;
    private final double[] fusedScores;
    private final boolean[] predicted;
    private final boolean[] learned;
    private int predictions;
    private int degraded;
    private final Map<String, Integer> missing = new TreeMap<>();
    private long deadLetters;
    private long eventDeadLetters;
    private @Nullable DeadLetter firstDeadLetter;
    private @Nullable Weights weights;
    private final List<AlarmAt> alarms = new ArrayList<>();
    private @Nullable Metrics metrics;

    /** Nothing has come out yet for the given events. */
    public Tally(EnsembleSpec spec, List<PlayedEvent> events) {
        this.spec = spec;
        this.events = events;
        this.indexOfId = new HashMap<>(events.size() * 2);
        for (int i = 0; i < events.size(); i++) {
            indexOfId.put(events.get(i).id(), i);
        }
        this.width = spec.scoreWidth();
        this.memberScores = new double[spec.members().size()][events.size() * width];
        for (double[] scores : memberScores) {
            Arrays.fill(scores, Double.NaN);
        }
        this.fusedScores = new double[events.size() * width];
        Arrays.fill(fusedScores, Double.NaN);
        this.predicted = new boolean[events.size()];
        this.learned = new boolean[events.size()];
    }

    @Override
    public synchronized void prediction(Prediction prediction) {
        Integer index = prediction.ensemble().equals(spec.ensemble()) ? indexOfId.get(prediction.eventId()) : null;
        if (index == null || predicted[index]) {
            return;
        }
        predicted[index] = true;
        learned[index] = prediction.weightsVersion() > 0;
        predictions++;
        degraded += prediction.degraded() ? 1 : 0;
        for (int k = 0; k < prediction.members().length; k++) {
            if (prediction.missing()[k] != null) {
                missing.merge(prediction.members()[k] + " " + prediction.missing()[k], 1, Integer::sum);
            }
        }
        double[] fused = width == 1 ? new double[] {prediction.score()} : prediction.classScores();
        System.arraycopy(fused, 0, fusedScores, index * width, width);
        // A version of the spec that was published meanwhile may have other members.
        for (int k = 0; k < prediction.members().length; k++) {
            int member = spec.memberNames().indexOf(prediction.members()[k]);
            if (member >= 0) {
                System.arraycopy(prediction.scores(), k * width, memberScores[member], index * width, width);
            }
        }
        notifyAll();
    }

    @Override
    public synchronized void weights(Weights newer) {
        if (newer.ensemble().equals(spec.ensemble()) && newer.segment() == null) {
            weights = newer;
            notifyAll();
        }
    }

    @Override
    public synchronized void metrics(Metrics newer) {
        if (newer.ensemble().equals(spec.ensemble()) && newer.scope() == Metrics.Scope.CUMULATIVE) {
            metrics = newer;
            newer.alarms().forEach(alarm -> alarms.add(new AlarmAt(newer.labels(), alarm)));
            notifyAll();
        }
    }

    @Override
    public synchronized void deadLetter(DeadLetter letter) {
        deadLetters++;
        eventDeadLetters += letter.topic().equals(spec.events().topic()) ? 1 : 0;
        firstDeadLetter = firstDeadLetter == null ? letter : firstDeadLetter;
        notifyAll();
    }

    /**
     * A drift alarm.
     *
     * @param labels how many labels had been measured when it was raised
     */
    public record AlarmAt(long labels, Metrics.Alarm alarm) {}

    /** The drift alarms so far, the first one first. */
    public synchronized List<AlarmAt> alarms() {
        return List.copyOf(alarms);
    }

    /** The events that are played. */
    public List<PlayedEvent> events() {
        return events;
    }

    /** How many of the events have a prediction. */
    public synchronized int predictions() {
        return predictions;
    }

    /** How many of the predictions lack a member. */
    public synchronized int degraded() {
        return degraded;
    }

    /** How often which member was missing why, by name and reason. */
    public synchronized Map<String, Integer> missing() {
        return new TreeMap<>(missing);
    }

    /** How many records could not be used. */
    public synchronized long deadLetters() {
        return deadLetters;
    }

    /** The first record that could not be used; null if all could. */
    public synchronized @Nullable DeadLetter firstDeadLetter() {
        return firstDeadLetter;
    }

    /** How many events have become a prediction or a dead letter. */
    public synchronized long answered() {
        return predictions + eventDeadLetters;
    }

    /** Whether an event has a prediction. */
    public synchronized boolean isPredicted(int index) {
        return predicted[index];
    }

    /** Whether an event was fused with weights that had been learned. */
    public synchronized boolean isLearned(int index) {
        return learned[index];
    }

    /**
     * A member's score for an event, one number or one a class; NaN if there is none.
     *
     * @param into gets them from index {@code at} on
     */
    public synchronized void memberScore(int member, int index, double[] into, int at) {
        System.arraycopy(memberScores[member], index * width, into, at, width);
    }

    /**
     * The fused score for an event, one number or one a class; NaN if there is none.
     *
     * @param into gets them from index {@code at} on
     */
    public synchronized void fusedScore(int index, double[] into, int at) {
        System.arraycopy(fusedScores, index * width, into, at, width);
    }

    /** The newest weights; null if none were ever published. */
    public synchronized @Nullable Weights weights() {
        return weights;
    }

    /** The version of the newest weights; 0 if none were ever published. */
    public synchronized long weightsVersion() {
        return weights == null ? 0 : weights.version();
    }

    /** The newest figures since the ensemble began; null if none were reported since this tally began. */
    public synchronized @Nullable Metrics metrics() {
        return metrics;
    }

    /**
     * Waits until a condition over this tally holds or something comes out, at most for the given time.
     *
     * @return whether it holds
     */
    public synchronized boolean await(BooleanSupplier condition, Duration most) throws InterruptedException {
        if (!condition.getAsBoolean()) {
            wait(Math.max(1, most.toMillis()));
        }
        return condition.getAsBoolean();
    }
}
