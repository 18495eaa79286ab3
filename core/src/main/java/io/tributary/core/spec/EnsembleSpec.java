package io.tributary.core.spec;

import io.tributary.core.Labels;
import io.tributary.core.Task;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.member.MemberSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One ensemble: where its events come from, which members score them, how the scores are fused and how the weights learn.
 *
 * @param ensemble its name: lower-case letters, digits, dots and dashes; topics and groups are named after it
 * @param version rises with every change of the spec; predictions carry it
 * @param task what it predicts
 * @param classes the classes' names, in the order in which members answer; empty unless the task is multiclass
 * @param quantile the probability with which the target stays below the score, in (0, 1); NaN unless that is the task
 * @param threshold the score from which on a prediction counts as positive, in (0, 1); NaN unless the task is binary
 * @param kafka how to reach the broker
 * @param registry how to reach the schema registry
 * @param events where events come from and what their fields mean
 * @param outcomes where labels come from and what their fields mean
 * @param target the column of recorded files that holds the label; null if there is none
 * @param features what members read, in order
 * @param members at least one
 * @param slots which members run side by side, and with what
 * @param batch how events are gathered for the members
 * @param deadline how long after it has come to be scored an event may wait for members; then it is fused from those that
 *     have answered. Above {@code batch.linger}.
 * @param fusion how scores are fused
 * @param learning how weights learn
 * @param metricsWindow how long a window of the metrics is, in the outcomes' time
 * @param bootstrap whether scoring starts from the published weights or from equal ones
 * @param initialWeights the file with what was learned from history, which both planes start from while they have nothing
 *     newer; null to start from equal weights
 * @param delivery how predictions are written
 * @param topics the ensemble's own topics
 * @param file the file it was read from
 */
public record EnsembleSpec(
        String ensemble,
        int version,
        Task task,
        List<String> classes,
        double quantile,
        double threshold,
        Kafka kafka,
        Registry registry,
        Events events,
        OutcomeSpec outcomes,
        @Nullable String target,
        FeaturePlan features,
        List<MemberSpec> members,
        Slots slots,
        Batch batch,
        Duration deadline,
        Fusion fusion,
        LearningSpec learning,
        Duration metricsWindow,
        Bootstrap bootstrap,
        @Nullable Path initialWeights,
        Delivery delivery,
        Topics topics,
        Path file) {

    /**
     * How to reach the broker.
     *
     * @param bootstrap host:port, or several with commas
     * @param properties passed to every client as they are: security, for one
     */
    public record Kafka(String bootstrap, Map<String, String> properties) {}

    /**
     * How to reach the schema registry.
     *
     * @param url the root of its Confluent-compatible API
     * @param properties passed to the client as they are
     */
    public record Registry(String url, Map<String, String> properties) {}

    /**
     * The features topic and the fields of its records; a dotted name reaches into nested records.
     *
     * @param topic the topic
     * @param schema an Avro schema file that replay and demo write with; null to take the registry's
     * @param id the field that names the event
     * @param time the field with the event time: epoch milliseconds, a timestamp type, or ISO 8601 text
     * @param segment the field with the segment; null for none
     */
    public record Events(
            String topic,
            @Nullable Path schema,
            String id,
            String time,
            @Nullable String segment) {}

    /**
     * How events are gathered for the members.
     *
     * @param size the most events in one batch, from 1
     * @param linger how long the first event of a batch may wait for others
     */
    public record Batch(int size, Duration linger) {}

    /**
     * How scores are fused.
     *
     * @param method what is done with the scores; null to leave it to the learner auto
     * @param clip probabilities are kept this far from 0 and 1 where a logarithm is taken, in [1e-15, 0.5)
     * @param trim the share of the weight that a trimmed mean leaves out at either end, in [0, 0.5)
     * @param calibrated whether Platt scaling, learned from the labels, follows the fusion; binary only
     * @param interval the probability with which intervals shall hold the truth, in (0, 1); NaN for no intervals
     */
    public record Fusion(@Nullable FusionMethod method, double clip, double trim, boolean calibrated, double interval) {

        /** The same with another method; null to leave it to the learner auto. */
        public Fusion with(@Nullable FusionMethod otherMethod) {
            return new Fusion(otherMethod, clip, trim, calibrated, interval);
        }

        /** The method that the fusion with equal weights is compared by: the mean where a learner chooses or stacks. */
        public FusionMethod uniform() {
            return method == null || method == FusionMethod.STACK ? FusionMethod.MEAN : method;
        }
    }

    /** What scoring starts with. */
    public enum Bootstrap {
        /** The newest published weights, read to the end before the first event is scored. */
        PUBLISHED,
        /** The initial weights, or equal ones, at once; published ones as they come. */
        EQUAL
    }

    /** How predictions are written. */
    public enum Delivery {
        /** In transactions: visible once, at checkpoints. */
        EXACTLY_ONCE,
        /** At once; after a failure some may be written again. */
        AT_LEAST_ONCE
    }

    /**
     * The ensemble's own topics.
     *
     * @param predictions fused predictions, keyed by event id
     * @param weights compacted; keyed by ensemble, or by ensemble and segment
     * @param feedback outcomes joined to predictions, in the one order that learning follows
     * @param metrics how good members and fusion were
     * @param deadLetters what could not be used
     * @param control compacted: new versions of the spec, and what became of them
     */
    public record Topics(
            String predictions, String weights, String feedback, String metrics, String deadLetters, String control) {}

    /** The members' names, in the order of the spec. */
    public List<String> memberNames() {
        return members.stream().map(MemberSpec::name).toList();
    }

    /** How many numbers a score is: the number of classes if there are several, else 1. */
    public int scoreWidth() {
        return Math.max(1, classes.size());
    }

    /** How people write its labels. */
    public Labels labels() {
        return new Labels(task, classes);
    }

    /** What its members are opened for. */
    public MemberSetup memberSetup() {
        return new MemberSetup(features.columns(), batch.size(), scoreWidth()).of(ensemble);
    }

    /** The members without which there is no score. */
    public List<String> required() {
        return named(MemberSpec.Standing.REQUIRED);
    }

    /** The members that are learned about and have no part in the fusion. */
    public List<String> shadows() {
        return named(MemberSpec.Standing.SHADOW);
    }

    private List<String> named(MemberSpec.Standing standing) {
        return members.stream()
                .filter(member -> member.standing() == standing)
                .map(MemberSpec::name)
                .toList();
    }

    /** What fusing and learning go by. */
    public LearningPlan plan() {
        return new LearningPlan(
                ensemble, version, task, classes, threshold, memberNames(), required(), shadows(), fusion, learning);
    }

    /** The application id and group of the learning plane. */
    public String learningGroup() {
        return ensemble + ".learning";
    }

    /** The group under which the scoring plane commits its offsets. */
    public String scoringGroup() {
        return ensemble + ".scoring";
    }

    /** The same ensemble against another broker and registry, which need no properties. */
    public EnsembleSpec at(String bootstrapServers, String registryUrl) {
        return at(new Kafka(bootstrapServers, Map.of()), new Registry(registryUrl, Map.of()));
    }

    /** The same ensemble with another way to reach its broker and registry. */
    public EnsembleSpec at(Kafka otherKafka, Registry otherRegistry) {
        return with(otherKafka, otherRegistry, members, slots);
    }

    /** The same with the slot groups that prefer a GPU settled: with one if named, else on the CPU. */
    public EnsembleSpec onGpu(Set<String> groups) {
        return with(kafka, registry, members, slots.settled(groups));
    }

    /** The same with the members of one slot group alone. */
    public EnsembleSpec only(SlotGroup group) {
        List<MemberSpec> own = new ArrayList<>(members);
        own.removeIf(member -> !group.members().contains(member.name()));
        return with(kafka, registry, List.copyOf(own), slots);
    }

    private EnsembleSpec with(
            Kafka otherKafka, Registry otherRegistry, List<MemberSpec> otherMembers, Slots otherSlots) {
        return new EnsembleSpec(
                ensemble,
                version,
                task,
                classes,
                quantile,
                threshold,
                otherKafka,
                otherRegistry,
                events,
                outcomes,
                target,
                features,
                otherMembers,
                otherSlots,
                batch,
                deadline,
                fusion,
                learning,
                metricsWindow,
                bootstrap,
                initialWeights,
                delivery,
                topics,
                file);
    }
}
