package io.tributary.learning;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Lets all RocksDB stores of the process share {@value #CACHE_BYTES} bytes of cache, write buffers among them. Streams
 * would give each store of each partition a hundred megabytes of its own. Public because Streams makes it by name; to
 * choose otherwise set {@code rocksdb.config.setter} in the spec's Kafka properties.
 *
 * <p>With millions of keys a file's index and filter are larger than what one shard of such a cache holds, and would be
 * read anew for each look-up: both are cut into small blocks that are cached apart. Bloom filters, which Streams sets,
 * answer for most files of most absent keys.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {

    private static final long CACHE_BYTES = 128L << 20;
    private static final long ALL_WRITE_BUFFERS_BYTES = 64L << 20;
    private static final long WRITE_BUFFER_BYTES = 8L << 20;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(Shared.CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setIndexType(IndexType.kTwoLevelIndexSearch);
        table.setPartitionFilters(true);
        table.setPinTopLevelIndexAndFilter(true);
        table.setFormatVersion(5);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(Shared.WRITE_BUFFERS);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    }

    /** The shared cache outlives every store, so nothing is closed here. */
    @Override
    public void close(String storeName, Options options) {}

    /** Made when the first store opens, after RocksDB's library has been loaded. */
    private static final class Shared {
        static final Cache CACHE = new LRUCache(CACHE_BYTES);
        static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(ALL_WRITE_BUFFERS_BYTES, CACHE);
    }
}
