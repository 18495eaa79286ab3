package io.tributary.learning;

import io.tributary.core.spec.EnsembleSpec;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.jspecify.annotations.Nullable;

/** Looks a prediction up in the partitions that this instance has, and else finds out which instance has its partition. */
final class StreamsLookup implements Function<String, Lookup> {

    private final KafkaStreams streams;
    private final EnsembleSpec spec;
    private final HostInfo self;

    /**
     * Over a running instance.
     *
     * @param self the host and port that other instances know it by
     */
    StreamsLookup(KafkaStreams streams, EnsembleSpec spec, String self) {
        this.streams = streams;
        this.spec = spec;
        this.self = HostInfo.buildFromEndpoint(self);
    }

    /**
     * Where the prediction of an event is, or who knows.
     *
     * @throws IllegalStateException if this instance has stopped
     */
    @Override
    public Lookup apply(String eventId) {
        try {
            Place here = here(eventId);
            return here == null ? elsewhere(eventId, true) : new Lookup.Found(here);
        } catch (InvalidStateStoreException e) {
            // An instance that has no partition of it has no such store, and may well know who does.
            return elsewhere(eventId, false);
        } catch (IllegalStateException e) {
            return notRunning(e);
        }
    }

    private @Nullable Place here(String eventId) {
        return PredictionIndex.find(
                streams.store(StoreQueryParameters.fromNameAndType(
                        LearningTopology.PENDING, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())),
                streams.store(StoreQueryParameters.fromNameAndType(
                        PredictionIndex.NAME, QueryableStoreTypes.<Bytes, byte[]>windowStore())),
                eventId);
    }

    private Lookup elsewhere(String eventId, boolean readable) {
        try {
            KeyQueryMetadata metadata =
                    streams.queryMetadataForKey(LearningTopology.PENDING, eventId, new StringSerializer());
            HostInfo host = metadata.activeHost();
            if (metadata.equals(KeyQueryMetadata.NOT_AVAILABLE) || host.equals(HostInfo.unavailable())) {
                return notAll();
            }
            return host.equals(self)
                    ? missing(metadata.partition(), readable)
                    : new Lookup.Elsewhere(QueryServer.endpoint(host.host(), host.port()));
        } catch (InvalidStateStoreException | IllegalStateException e) {
            return notRunning(e);
        }
    }

    /** What it means that this instance is said to know, and does not. */
    private Lookup missing(int partition, boolean readable) {
        // While state is read back, what is missing here may still come.
        if (!readable || streams.state() != KafkaStreams.State.RUNNING) {
            return notAll();
        }
        return hasTaken(partition)
                ? new Lookup.Unknown()
                : new Lookup.NotNow(
                        "the instance that has partition " + partition + " gives the same address as this one, "
                                + QueryServer.endpoint(self.host(), self.port())
                                + ", or gave the partition away just now; give each"
                                + " its own with --query-host, or with application.server in kafka.properties");
    }

    private boolean hasTaken(int partition) {
        TopicPartition wanted = new TopicPartition(spec.topics().predictions(), partition);
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .anyMatch(task -> task.topicPartitions().contains(wanted));
    }

    private Lookup notRunning(RuntimeException e) {
        KafkaStreams.State state = streams.state();
        if (state == KafkaStreams.State.CREATED || state.isRunningOrRebalancing()) {
            return notAll();
        }
        throw new IllegalStateException("the learning plane has stopped (" + state + "); start it again", e);
    }

    private Lookup notAll() {
        return new Lookup.NotNow("the learning plane has not got all its partitions (" + streams.state() + ")");
    }
}
