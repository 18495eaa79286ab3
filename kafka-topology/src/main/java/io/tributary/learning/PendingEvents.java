package io.tributary.learning;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Join;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.BinarySerde;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractSerializer;
import io.tributary.schemas.PendingEvent;
import io.tributary.schemas.SchemaRegistry;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The events of one partition that still wait for something: for the other side, or, once joined, for corrections and
 * copies until their time is up. Both sides of the join use the same stores.
 */
final class PendingEvents {

    private static final byte[] NOTHING = new byte[0];

    private final ProcessorContext<byte[], byte[]> context;
    private final Counters counters;
    private final String feedbackTopic;
    private final String[] classes;
    private final KeyValueStore<String, byte[]> pending;
    private final KeyValueStore<Bytes, byte[]> expiry;
    private final KeyValueStore<Bytes, byte[]> settling;
    private final BinarySerde<PendingEvent> serde = new BinarySerde<>(Codecs.PENDING_EVENT);
    private final ContractSerializer<Feedback> serializer;

    PendingEvents(
            EnsembleSpec spec, SchemaRegistry registry, ProcessorContext<byte[], byte[]> context, Counters counters) {
        this.context = context;
        this.counters = counters;
        this.feedbackTopic = spec.topics().feedback();
        this.classes = spec.classes().toArray(new String[0]);
        this.pending = context.getStateStore(LearningTopology.PENDING);
        this.expiry = context.getStateStore(LearningTopology.EXPIRY);
        this.settling = context.getStateStore(LearningTopology.SETTLING);
        this.serializer = new ContractSerializer<>(registry, Codecs.FEEDBACK);
    }

    /** Applies an input to its event, and forwards the feedback if there is any. */
    void apply(Record<byte[], byte[]> record, String eventId, Function<Join.State, Join.Step> input) {
        PendingEvent known = get(eventId);
        Join.State before = known == null ? Join.State.EMPTY : known.state();
        Join.Step step = input.apply(before);
        if (step.state().isHeld() && !before.isHeld()) {
            settling.put(Keys.timed(step.state().heldSinceMillis(), eventId), NOTHING);
        }
        take(record, eventId, known, step);
    }

    /** Forwards what holds of an event whose label was held. Its entry in the settling store is the caller's to delete. */
    void settle(String eventId, long nowMillis) {
        PendingEvent known = get(eventId);
        if (known != null && known.state().isHeld()) {
            take(new Record<>(NOTHING, NOTHING, nowMillis), eventId, known, Join.onSettled(eventId, known.state()));
        }
    }

    private void take(Record<byte[], byte[]> record, String eventId, @Nullable PendingEvent known, Join.Step step) {
        switch (step.verdict()) {
            case STORED -> put(eventId, known, step.state());
            case JOINED -> {
                put(eventId, known, step.state());
                counters.add(Counter.JOINED);
            }
            case DUPLICATE -> counters.add(Counter.DUPLICATES);
            case SUPERSEDED -> counters.add(Counter.SUPERSEDED);
        }
        Feedback feedback = step.feedback();
        if (feedback != null) {
            if (feedback.kind() != Feedback.Kind.LABEL) {
                counters.add(Counter.CORRECTIONS);
            }
            byte[] bytes = serializer.serialize(feedbackTopic, feedback);
            context.forward(record.withKey(eventId.getBytes(UTF_8)).withValue(bytes), LearningTopology.JOINED);
        }
    }

    private void put(String eventId, @Nullable PendingEvent known, Join.State state) {
        long firstSeenMillis = known == null ? context.currentSystemTimeMs() : known.firstSeenMillis();
        pending.put(
                eventId, serde.serialize(LearningTopology.PENDING, new PendingEvent(state, firstSeenMillis, classes)));
        if (known == null) {
            expiry.put(Keys.timed(firstSeenMillis, eventId), NOTHING);
        }
    }

    /** What is known of an event; null if nothing is, or it was kept under other classes, by which its labels count. */
    @Nullable
    PendingEvent get(String eventId) {
        PendingEvent known = serde.deserialize(LearningTopology.PENDING, pending.get(eventId));
        if (known != null && !Arrays.equals(known.classes(), classes)) {
            counters.add(Counter.OTHER_CLASSES);
            return null;
        }
        return known;
    }

    void delete(String eventId) {
        pending.delete(eventId);
    }

    /** The expiry store; whoever deletes from it deletes the event, too, or puts another entry in its place. */
    KeyValueStore<Bytes, byte[]> expiry() {
        return expiry;
    }

    /** The store of the events whose label is held, by when its first outcome was seen. */
    KeyValueStore<Bytes, byte[]> settling() {
        return settling;
    }

    /** Lets an event that cannot be dropped yet expire as if it had first been seen at the given time. */
    void expireAsOf(long millis, String eventId) {
        expiry.put(Keys.timed(millis, eventId), NOTHING);
    }
}
