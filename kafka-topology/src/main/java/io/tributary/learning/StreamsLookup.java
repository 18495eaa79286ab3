package io.tributary.learning;

import java.util.function.Function;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.jspecify.annotations.Nullable;

/** Looks a prediction up in the partitions that this instance has, and else finds out which instance has its partition. */
final class StreamsLookup implements Function<String, Lookup> {

    private final KafkaStreams streams;
    private final HostInfo self;

    /**
     * Over a running instance.
     *
     * @param self the host and port that other instances know it by
     */
    StreamsLookup(KafkaStreams streams, String self) {
        this.streams = streams;
        this.self = HostInfo.buildFromEndpoint(self);
    }

    @Override
    public Lookup apply(String eventId) {
        boolean readable = true;
        try {
            PredictionIndex.Place here = here(eventId);
            if (here != null) {
                return new Lookup.Found(here);
            }
        } catch (InvalidStateStoreException e) {
            // An instance that has no partition of it has no such store, and may well know who does.
            readable = false;
        }
        try {
            return elsewhere(eventId, readable);
        } catch (IllegalStateException | StreamsNotStartedException e) {
            return new Lookup.NotNow(state());
        }
    }

    private PredictionIndex.@Nullable Place here(String eventId) {
        return PredictionIndex.find(
                streams.store(StoreQueryParameters.fromNameAndType(
                        LearningTopology.PREDICTION_INDEX, QueryableStoreTypes.<String, byte[]>windowStore())),
                eventId);
    }

    private Lookup elsewhere(String eventId, boolean readable) {
        KeyQueryMetadata metadata =
                streams.queryMetadataForKey(LearningTopology.PREDICTION_INDEX, eventId, new StringSerializer());
        HostInfo host = metadata.activeHost();
        if (metadata.equals(KeyQueryMetadata.NOT_AVAILABLE) || host.equals(HostInfo.unavailable())) {
            return new Lookup.NotNow(state());
        }
        if (!host.equals(self)) {
            return new Lookup.Elsewhere(host.host() + ":" + host.port());
        }
        // While state is read back, what is missing here may still come.
        return readable && streams.state() == KafkaStreams.State.RUNNING
                ? new Lookup.Unknown()
                : new Lookup.NotNow(state());
    }

    private String state() {
        return "the learning plane has not got all its partitions (" + streams.state() + ")";
    }
}
