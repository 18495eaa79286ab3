package io.tributary.learning;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Join;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractSerializer;
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
    private final KeyValueStore<Bytes, byte[]> pending;
    private final ExpiryLog expiry;
    private final KeyValueStore<Bytes, byte[]> settling;
    private final PendingFormat format;
    private final ContractSerializer<Feedback> serializer;

    PendingEvents(
            EnsembleSpec spec,
            SchemaRegistry registry,
            ProcessorContext<byte[], byte[]> context,
            Counters counters,
            ExpiryLog.Writer writer) {
        this.context = context;
        this.counters = counters;
        this.feedbackTopic = spec.topics().feedback();
        this.classes = spec.classes().toArray(new String[0]);
        this.pending = context.getStateStore(LearningTopology.PENDING);
        this.expiry = new ExpiryLog(context.getStateStore(LearningTopology.EXPIRY), writer);
        this.settling = context.getStateStore(LearningTopology.SETTLING);
        this.format = new PendingFormat(new Shapes(context.getStateStore(LearningTopology.SHAPES)));
        this.serializer = new ContractSerializer<>(registry, Codecs.FEEDBACK);
    }

    /**
     * Applies an input to its event, and forwards the feedback if there is any.
     *
     * @param at where the input is if it is a prediction, else null
     */
    void apply(
            Record<byte[], byte[]> record, String eventId, @Nullable Place at, Function<Join.State, Join.Step> input) {
        PendingEvent known = get(eventId);
        Join.State before = known == null ? Join.State.EMPTY : known.state();
        Join.Step step = input.apply(before);
        if (step.state().isHeld() && !before.isHeld()) {
            settling.put(Keys.timed(step.state().heldSinceMillis(), eventId), NOTHING);
        }
        take(record, eventId, known, at, step);
    }

    /** Forwards what holds of an event whose label was held. Its entry in the settling store is the caller's to delete. */
    void settle(String eventId, long nowMillis) {
        PendingEvent known = get(eventId);
        if (known != null && known.state().isHeld()) {
            take(
                    new Record<>(NOTHING, NOTHING, nowMillis),
                    eventId,
                    known,
                    null,
                    Join.onSettled(eventId, known.state()));
        }
    }

    private void take(
            Record<byte[], byte[]> record,
            String eventId,
            @Nullable PendingEvent known,
            @Nullable Place at,
            Join.Step step) {
        boolean isNews = step.verdict() == Join.Verdict.STORED || step.verdict() == Join.Verdict.JOINED;
        if (isNews || at != null) {
            put(eventId, known, at, step.state());
        }
        switch (step.verdict()) {
            case STORED -> {}
            case JOINED -> counters.add(Counter.JOINED);
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

    private void put(String eventId, @Nullable PendingEvent known, @Nullable Place at, Join.State state) {
        long firstSeenMillis = known == null ? context.currentSystemTimeMs() : known.firstSeenMillis();
        Place before = known == null ? null : known.place();
        Place place = at == null ? before : at.with(before);
        pending.put(EventKey.of(eventId), format.write(new PendingEvent(state, firstSeenMillis, place, classes)));
        if (known == null) {
            expiry.add(firstSeenMillis, eventId);
        }
    }

    /** What is known of an event; null if nothing is, or it was kept under other classes, by which its labels count. */
    @Nullable
    PendingEvent get(String eventId) {
        byte[] stored = pending.get(EventKey.of(eventId));
        if (stored == null) {
            return null;
        }
        PendingEvent known = format.read(stored);
        if (!Arrays.equals(known.classes(), classes)) {
            counters.add(Counter.OTHER_CLASSES);
            return null;
        }
        return known;
    }

    void delete(String eventId) {
        pending.delete(EventKey.of(eventId));
    }

    /** When events were first seen; whoever takes one out deletes the event, too, or adds it again. */
    ExpiryLog expiry() {
        return expiry;
    }

    /** The store of the events whose label is held, by when its first outcome was seen. */
    KeyValueStore<Bytes, byte[]> settling() {
        return settling;
    }

    /** Lets an event that cannot be dropped yet expire as if it had first been seen at the given time. */
    void expireAsOf(long millis, String eventId) {
        expiry.add(millis, eventId);
    }
}
