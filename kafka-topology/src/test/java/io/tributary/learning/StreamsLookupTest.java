package io.tributary.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.spec.EnsembleSpec;
import java.lang.reflect.Proxy;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an instance says about a prediction that it does not have. */
class StreamsLookupTest {

    private static final EnsembleSpec SPEC = Samples.spec();
    private static final String SELF = "localhost:8077";

    private final Instance instance = new Instance();
    private final StreamsLookup lookup = new StreamsLookup(instance, SPEC, SELF);

    @AfterEach
    void close() {
        instance.close();
    }

    @Test
    void anId_ofAPartitionThatIsHere_isUnknown() {
        instance.own = 3;

        assertThat(lookup.apply("e-1")).isEqualTo(new Lookup.Unknown());
    }

    @Test
    void anId_ofAPartitionThatAnotherOfTheSameAddressHas_isNotUnknown() {
        instance.own = 2;

        assertThat(lookup.apply("e-1"))
                .isInstanceOfSatisfying(
                        Lookup.NotNow.class,
                        notNow -> assertThat(notNow.why())
                                .contains(
                                        "partition 3", "the same address as this one, localhost:8077", "--query-host"));
    }

    @Test
    void anId_ofAnotherInstance_isThere() {
        instance.host = new HostInfo("::1", 8078);

        assertThat(lookup.apply("e-1")).isEqualTo(new Lookup.Elsewhere("[::1]:8078"));
    }

    @Test
    void whileStateIsReadBack_nothingIsUnknown() {
        instance.own = 3;
        instance.state = KafkaStreams.State.REBALANCING;

        assertThat(lookup.apply("e-1"))
                .isEqualTo(new Lookup.NotNow("the learning plane has not got all its partitions (REBALANCING)"));
    }

    @Test
    void anInstanceThatHasStopped_saysSo() {
        instance.state = KafkaStreams.State.ERROR;

        assertThatThrownBy(() -> lookup.apply("e-1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the learning plane has stopped (ERROR); start it again");
    }

    /** An instance whose place in the group the test sets, and whose index is empty. */
    private static final class Instance extends KafkaStreams {

        private int own;
        private HostInfo host = HostInfo.buildFromEndpoint(SELF);
        private State state = State.RUNNING;

        Instance() {
            super(topology(), properties());
        }

        private static Topology topology() {
            StreamsBuilder builder = new StreamsBuilder();
            builder.stream("any");
            return builder.build();
        }

        private static Properties properties() {
            Properties properties = new Properties();
            properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "lookup");
            properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
            return properties;
        }

        @Override
        public State state() {
            return state == null ? super.state() : state;
        }

        @Override
        public <T> T store(StoreQueryParameters<T> parameters) {
            if (!state.isRunningOrRebalancing()) {
                throw new IllegalStateException("KafkaStreams is not running. State is " + state + ".");
            }
            WindowStoreIterator<?> nothing = of(WindowStoreIterator.class, false);
            boolean waiting = parameters.storeName().equals(LearningTopology.PENDING);
            @SuppressWarnings("unchecked")
            T store = (T) (waiting ? of(ReadOnlyKeyValueStore.class, null) : of(ReadOnlyWindowStore.class, nothing));
            return store;
        }

        @Override
        public <K> KeyQueryMetadata queryMetadataForKey(String store, K key, Serializer<K> serializer) {
            return new KeyQueryMetadata(host, Set.of(), 3);
        }

        @Override
        public Set<ThreadMetadata> metadataForLocalThreads() {
            Set<TopicPartition> partitions =
                    Set.of(new TopicPartition(SPEC.topics().predictions(), own));
            return Set.of(of(ThreadMetadata.class, Set.of(of(TaskMetadata.class, partitions))));
        }

        /** An object all of whose methods give one value, but for those that every object has and those of no value. */
        private static <T> T of(Class<T> type, Object value) {
            return type.cast(Proxy.newProxyInstance(
                    StreamsLookupTest.class.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) -> method.getName().equals("hashCode")
                            ? (Object) System.identityHashCode(proxy)
                            : method.getReturnType() == void.class ? null : value));
        }
    }
}
