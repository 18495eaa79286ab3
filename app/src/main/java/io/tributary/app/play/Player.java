package io.tributary.app.play;

import io.tributary.app.UserError;
import io.tributary.core.Step;
import io.tributary.core.Weights;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractSerializer;
import io.tributary.schemas.FittedWeights;
import io.tributary.schemas.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Plays events into the features topic in the order of their times, and each one's label into the outcomes topic once
 * the events have got as far in time as the label is late.
 */
public final class Player implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration GLANCE = Duration.ofMillis(200);

    private final EnsembleSpec spec;
    private final Tally tally;
    private final List<PlayedEvent> events;
    private final long labelDelayMillis;
    private final Supplier<Optional<String>> health;
    private final ContractSerializer<Outcome> outcomes;
    private final KafkaProducer<byte[], byte[]> producer;
    private final int partitions;
    private final long versionAtStart;
    private long learnable;
    private int labelledUpTo;
    private int sent;
    private volatile @Nullable Exception sendFailure;

    /**
     * A player of the tally's events.
     *
     * @param labelDelay how much later than its event a label is known, in event time
     * @param health why the planes can no longer answer; empty while they can
     */
    public Player(
            EnsembleSpec spec,
            SchemaRegistry registry,
            Tally tally,
            Duration labelDelay,
            Supplier<Optional<String>> health) {
        this.spec = spec;
        this.tally = tally;
        this.events = tally.events();
        this.labelDelayMillis = labelDelay.toMillis();
        this.health = health;
        this.outcomes = new ContractSerializer<>(registry, Codecs.outcome(spec.labels()));
        Map<String, Object> properties = new HashMap<>(spec.kafka().properties());
        properties.put("bootstrap.servers", spec.kafka().bootstrap());
        properties.put("linger.ms", "2");
        properties.put("batch.size", "131072");
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        this.partitions = producer.partitionsFor(spec.events().topic()).size();
        this.versionAtStart = versionAtStart(spec, tally);
    }

    /** Planes that have learned nothing yet start from the spec's initial weights, if it has any. */
    private static long versionAtStart(EnsembleSpec spec, Tally tally) {
        if (tally.weights() != null || spec.initialWeights() == null) {
            return tally.weightsVersion();
        }
        return FittedWeights.read(spec.initialWeights()).weights().stream()
                .mapToLong(Weights::version)
                .max()
                .orElse(0);
    }

    /** How many events have been sent. */
    public synchronized int sent() {
        return sent;
    }

    private synchronized void sentOneMore() {
        sent++;
    }

    /**
     * Plays everything and waits until the planes have answered and learned all of it.
     *
     * @throws UserError if the planes fail or stand still
     * @throws InterruptedException if the thread is interrupted
     */
    public void play(Pace pace) throws InterruptedException {
        if (pace instanceof Pace.Lockstep lockstep) {
            playInLockstep(lockstep.events());
        } else if (pace instanceof Pace.Rate rate) {
            playAtRate(rate.eventsPerSecond());
        }
        awaitAnswers(events.size());
        sendLabelsUpTo(Long.MAX_VALUE);
        awaitLearned();
    }

    private void playInLockstep(int step) throws InterruptedException {
        // Sequences spread the events of a partition over all subtasks, none of which then sees the step's last.
        boolean isSpread = spec.features().sequenceKey() != null;
        for (int from = 0; from < events.size(); from += step) {
            sendLabelsUpTo(events.get(from).timeMillis());
            awaitLearned();
            long coveredBy = versionAtStart + learnable;
            int to = Math.min(events.size(), from + step);
            int[] lastOfPartition = lastOfPartition(from, to);
            for (int i = from; i < to; i++) {
                int partition = partition(events.get(i));
                send(events.get(i), new Step(coveredBy, lastOfPartition[partition] == i || isSpread));
            }
            producer.flush();
            awaitAnswers(to);
        }
    }

    private void playAtRate(double eventsPerSecond) throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < events.size(); i++) {
            long due = start + (long) (i * 1e9 / eventsPerSecond);
            for (long early = due - System.nanoTime(); early > 1_000_000; early = due - System.nanoTime()) {
                Thread.sleep(Math.min(50, early / 1_000_000));
                checkHealth();
            }
            sendLabelsUpTo(events.get(i).timeMillis());
            send(events.get(i), null);
        }
        producer.flush();
    }

    /** For each partition the last event of a step that goes there. */
    private int[] lastOfPartition(int from, int to) {
        int[] last = new int[partitions];
        for (int i = from; i < to; i++) {
            last[partition(events.get(i))] = i;
        }
        return last;
    }

    /** As Kafka's own partitioner does, so that whoever else writes there agrees. */
    private int partition(PlayedEvent event) {
        return BuiltInPartitioner.partitionForKey(key(event), partitions);
    }

    /** Events that continue the same sequences must stay in order, so they share a partition. */
    private static byte[] key(PlayedEvent event) {
        return (event.key() == null ? event.id() : event.key()).getBytes(StandardCharsets.UTF_8);
    }

    private void send(PlayedEvent event, @Nullable Step step) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(spec.events().topic(), partition(event), key(event), event.record());
        if (step != null) {
            record.headers().add(Step.HEADER, step.text().getBytes(StandardCharsets.UTF_8));
        }
        send(record);
        sentOneMore();
    }

    /** Sends the labels that are known by the given time. Only those of predicted events can be learned from. */
    private void sendLabelsUpTo(long timeMillis) {
        while (labelledUpTo < events.size() && labelledUpTo < sent) {
            PlayedEvent event = events.get(labelledUpTo);
            long known = event.timeMillis() + labelDelayMillis;
            if (known > timeMillis) {
                break;
            }
            if (!Double.isNaN(event.label())) {
                Outcome outcome =
                        new Outcome(event.id(), event.label(), Outcome.Kind.FINAL, known, "replay", Double.NaN);
                send(new ProducerRecord<>(
                        spec.outcomes().topic(),
                        event.id().getBytes(StandardCharsets.UTF_8),
                        outcomes.serialize(spec.outcomes().topic(), outcome)));
                learnable += tally.isPredicted(labelledUpTo) ? 1 : 0;
            }
            labelledUpTo++;
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                sendFailure = failure;
            }
        });
    }

    private void awaitAnswers(int count) throws InterruptedException {
        await(
                () -> tally.answered() >= count,
                () -> "predictions: " + tally.answered() + " of " + count
                        + " events were answered; is a scoring plane of " + spec.ensemble() + " running?");
    }

    private void awaitLearned() throws InterruptedException {
        producer.flush();
        long version = learnedVersion();
        await(
                () -> tally.weightsVersion() >= version,
                () -> "weights: version " + tally.weightsVersion() + " is published, the labels sent call for version "
                        + version + "; were these events played before? Then use fresh topics, or --embedded");
    }

    /** Labels may have been sent before their event was answered, so what is learnable is counted anew at the end. */
    private long learnedVersion() {
        long count = 0;
        for (int i = 0; i < labelledUpTo; i++) {
            count += !Double.isNaN(events.get(i).label()) && tally.isPredicted(i) ? 1 : 0;
        }
        learnable = count;
        return versionAtStart + count;
    }

    /** Waits for a condition as long as anything comes out. */
    private void await(BooleanSupplier condition, Supplier<String> standstill) throws InterruptedException {
        long lastProgress = System.nanoTime();
        long before = progress();
        while (!tally.await(condition, GLANCE)) {
            checkHealth();
            if (progress() != before) {
                before = progress();
                lastProgress = System.nanoTime();
            } else if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
                throw new UserError(
                        "nothing has come out for " + PATIENCE.toSeconds() + " s. Waiting for " + standstill.get());
            }
        }
    }

    private long progress() {
        return tally.answered() + tally.weightsVersion();
    }

    private void checkHealth() {
        Exception failure = sendFailure;
        if (failure != null) {
            throw new UserError(
                    "events cannot be sent to " + spec.kafka().bootstrap() + ": " + failure.getMessage(), failure);
        }
        Optional<String> problem = health.get();
        if (problem.isPresent()) {
            throw new UserError(problem.get());
        }
    }

    @Override
    public void close() {
        try {
            producer.close(Duration.ofSeconds(2));
        } catch (KafkaException e) {
            throw new UserError("the producer did not close: " + e.getMessage(), e);
        }
    }
}
