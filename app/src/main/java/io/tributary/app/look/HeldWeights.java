package io.tributary.app.look;

import io.tributary.app.UserError;
import io.tributary.app.report.Journal;
import io.tributary.core.DeadLetter;
import io.tributary.core.Prediction;
import io.tributary.core.Weights;
import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.dashboard.read.Emitted;
import io.tributary.dashboard.read.Glance;
import io.tributary.dashboard.read.Watcher;
import io.tributary.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** What the topic of weights holds of an ensemble: the newest of all traffic and of each segment, and a few before them. */
public final class HeldWeights implements Watcher {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final @Nullable String followed;
    private final int most;
    private final TreeMap<String, Weights> segments = new TreeMap<>();
    private final Deque<Weights> history = new ArrayDeque<>();
    private @Nullable Weights global;

    /**
     * Nothing was read yet.
     *
     * @param followed the segment whose history is kept; null for that of all traffic
     * @param most how many of the history are kept, the newest one included
     */
    HeldWeights(@Nullable String followed, int most) {
        this.followed = followed;
        this.most = most;
    }

    /**
     * Reads the topic to its end.
     *
     * @param followed the segment whose history is kept; null for that of all traffic
     * @param most how many of the history are kept, the newest one included
     * @throws UserError if the broker does not answer
     */
    public static HeldWeights read(
            EnsembleSpec spec, SchemaRegistry registry, @Nullable String followed, int most, Journal journal) {
        HeldWeights held = new HeldWeights(followed, most);
        Emitted emitted = new Emitted(spec, registry, held);
        try (Counted counted = new Counted(emitted, journal)) {
            Glance.all(spec, spec.topics().weights(), PATIENCE, counted);
            return held;
        } catch (KafkaException e) {
            throw new UserError(
                    "the topic " + spec.topics().weights() + " cannot be read from "
                            + spec.kafka().bootstrap() + " (" + e.getMessage() + "); is the broker well?",
                    e);
        }
    }

    /** Shows how far it has been read. */
    private static final class Counted implements Glance.Reader, AutoCloseable {

        private final Emitted emitted;
        private final Journal journal;
        private Journal.@Nullable Gauge gauge;
        private long count;

        Counted(Emitted emitted, Journal journal) {
            this.emitted = emitted;
            this.journal = journal;
        }

        @Override
        public void begins(long records) {
            gauge = journal.begin("records", records);
        }

        @Override
        public void take(ConsumerRecord<byte[], byte[]> record) {
            emitted.take(record);
            count++;
            if (gauge != null) {
                gauge.at(count);
            }
        }

        @Override
        public void close() {
            if (gauge != null) {
                gauge.close();
            }
        }
    }

    @Override
    public void weights(Weights newer) {
        String segment = newer.segment();
        if (segment == null) {
            global = newer;
        } else if (newer.isForgotten()) {
            forgotten(segment);
            return;
        } else {
            segments.put(segment, newer);
        }
        if (Objects.equals(segment, followed)) {
            history.addFirst(newer);
            if (history.size() > most) {
                history.removeLast();
            }
        }
    }

    @Override
    public void forgotten(String segment) {
        segments.remove(segment);
    }

    @Override
    public void prediction(Prediction prediction) {}

    @Override
    public void metrics(Metrics metrics) {}

    @Override
    public void deadLetter(DeadLetter letter) {}

    /** The newest of all traffic; null if nothing was learned yet. */
    public @Nullable Weights global() {
        return global;
    }

    /** The newest of a segment; null if it has none of its own. */
    public @Nullable Weights segment(String name) {
        return segments.get(name);
    }

    /** The newest of each segment that has its own, by name. */
    public Collection<Weights> segments() {
        return segments.values();
    }

    /** Those that are followed, the newest first. */
    public List<Weights> history() {
        return new ArrayList<>(history);
    }
}
