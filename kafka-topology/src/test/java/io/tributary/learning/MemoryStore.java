package io.tributary.learning;

import java.io.File;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** A store in memory, without a topology. */
final class MemoryStore {

    private MemoryStore() {}

    static <K> KeyValueStore<K, byte[]> open(Serde<K> keys) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        KeyValueStore<K, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("store"), keys, Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        MockProcessorContext<?, ?> context =
                new MockProcessorContext<>(properties, new TaskId(0, 0), new File("unused"));
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
