package io.tributary.learning;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.SchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;

/**
 * The learning plane of one ensemble, running. Any number of them, in any processes, share the work of the same
 * ensemble. What it writes appears once, whatever fails; it commits in transactions and readers should be {@code
 * read_committed}.
 */
public final class LearningPlane implements AutoCloseable {

    /** For the entries that grow until the next commit, which are few; nothing else is cached. */
    private static final long CACHE_BYTES = 8L << 20;

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final RestartBudget restarts = new RestartBudget();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<Void> running = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final String ensemble;
    private final KafkaStreams streams;
    private final @Nullable QueryServer queries;
    private volatile @Nullable Throwable failure;

    /**
     * How it runs.
     *
     * @param stateFolder where state is kept between starts; losing it costs a restoration from the broker and nothing
     *     else. One process at a time may use it for an ensemble.
     * @param threads how many threads share the partitions, at least 1
     * @param commitInterval how often results become visible, above 0
     * @param queries where it says over HTTP in which record a prediction is; null for nowhere
     */
    public record Settings(
            Path stateFolder,
            int threads,
            Duration commitInterval,
            @Nullable Queries queries) {

        /** Checks the values. */
        public Settings {
            if (threads < 1) {
                throw new IllegalArgumentException("threads is " + threads + ", must be at least 1");
            }
            if (commitInterval.toMillis() < 1) {
                throw new IllegalArgumentException("commitInterval is " + commitInterval + ", must be at least 1 ms");
            }
        }

        /** Two threads, commits every 100 milliseconds, no queries. */
        public static Settings in(Path stateFolder) {
            return new Settings(stateFolder, 2, Duration.ofMillis(100), null);
        }

        /** The same, with queries. */
        public Settings with(@Nullable Queries otherQueries) {
            return new Settings(stateFolder, threads, commitInterval, otherQueries);
        }
    }

    /**
     * Where queries are answered.
     *
     * @param host the name or address to listen at, by which other instances of the same learning plane find this one;
     *     where they need another, {@code application.server} in the spec's Kafka properties gives it
     * @param port 0 for any that is free
     */
    public record Queries(String host, int port) {

        /** Checks the values. */
        public Queries {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("the query port is " + port + ", must be from 0 to 65535");
            }
        }
    }

    /**
     * Starts the learning plane and returns while it still prepares; see {@link #awaitRunning}.
     *
     * @param registry stays the caller's
     * @throws IllegalStateException if a topic is missing or the broker does not answer; the message says which
     * @throws QueryAddressException if queries cannot be answered where they should be
     */
    public static LearningPlane start(EnsembleSpec spec, SchemaRegistry registry, Settings settings)
            throws InterruptedException {
        int partitions = Topics.predictionPartitions(spec);
        Properties properties = properties(spec, settings);
        QueryServer queries = settings.queries() == null ? null : bind(settings.queries(), properties);
        try {
            KafkaStreams streams = new KafkaStreams(LearningTopology.build(spec, registry, partitions), properties);
            LearningPlane plane = new LearningPlane(spec.ensemble(), streams, queries);
            streams.start();
            if (queries != null) {
                String self = properties.getProperty(StreamsConfig.APPLICATION_SERVER_CONFIG);
                queries.start(spec, new StreamsLookup(streams, spec, self));
            }
            return plane;
        } catch (RuntimeException | Error e) {
            if (queries != null) {
                queries.close();
            }
            throw e;
        }
    }

    private static QueryServer bind(Queries where, Properties properties) {
        QueryServer server = QueryServer.bind(where.host(), where.port());
        if (server.isEverywhere() && !properties.containsKey(StreamsConfig.APPLICATION_SERVER_CONFIG)) {
            server.close();
            throw new QueryAddressException("queries are to be answered at every address of this machine, "
                    + where.host() + ", which does not say by which one other instances reach it: name that one, or add"
                    + " application.server: HOST:PORT to kafka.properties");
        }
        properties.putIfAbsent(StreamsConfig.APPLICATION_SERVER_CONFIG, server.hostAndPort());
        return server;
    }

    private LearningPlane(String ensemble, KafkaStreams streams, @Nullable QueryServer queries) {
        this.ensemble = ensemble;
        this.streams = streams;
        this.queries = queries;
        streams.setUncaughtExceptionHandler(this::onFailure);
        streams.setStateListener((state, before) -> onState(state));
    }

    /** Ours, under the user's, under what must not be otherwise. */
    static Properties properties(EnsembleSpec spec, Settings settings) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        // A label that the broker took after its prediction is joined after it: feedback has the order of the labels.
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, 0L);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        // How long a process that vanished holds up the others.
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        properties.putAll(spec.kafka().properties());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, spec.learningGroup());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, spec.kafka().bootstrap());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                settings.stateFolder().toAbsolutePath().toString());
        return properties;
    }

    /** Runs on the failed thread, which holds its partitions until this returns. */
    private StreamThreadExceptionResponse onFailure(Throwable thrown) {
        Duration pause = restarts.pauseBeforeRestart(thrown, System.currentTimeMillis());
        if (pause != null && !isClosedWithin(pause)) {
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        if (failure == null && closing.getCount() > 0) {
            failure = thrown;
        }
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private boolean isClosedWithin(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void onState(KafkaStreams.State state) {
        if (state == KafkaStreams.State.RUNNING) {
            running.complete(null);
        } else if (state == KafkaStreams.State.ERROR) {
            Throwable cause = failure == null ? new IllegalStateException("the learning plane has stopped") : failure;
            running.completeExceptionally(cause);
            stopped.completeExceptionally(cause);
        } else if (state == KafkaStreams.State.NOT_RUNNING) {
            running.cancel(false);
            stopped.complete(null);
        }
    }

    /**
     * Waits until it has its partitions and state and has begun to work.
     *
     * @throws IllegalStateException if it failed or was closed
     * @throws TimeoutException if that takes longer
     */
    public void awaitRunning(Duration timeout) throws InterruptedException, TimeoutException {
        try {
            running.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | java.util.concurrent.CancellationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException("the learning plane did not start: " + cause.getMessage(), cause);
        }
    }

    /** Completes when it has stopped: normally after {@link #close()}, exceptionally after a failure. */
    public CompletableFuture<Void> stopped() {
        return stopped.copy();
    }

    /** The host and port at which it answers queries; null if it does not. */
    public @Nullable String queryAddress() {
        return queries == null ? null : queries.hostAndPort();
    }

    /** What stopped it; null while it runs and after {@link #close()}. Failures that it recovers from do not show. */
    public @Nullable Throwable failure() {
        return failure;
    }

    /**
     * What it tells of itself in this process: whether it is {@code running} or just sharing out partitions, and since it
     * has some also what it counts, what it has learned and how many events wait.
     */
    public List<Told> told() {
        List<Told> told = Told.in(streams.metrics(), ensemble);
        told.add(new Told(
                "running", Map.of("ensemble", ensemble), streams.state().isRunningOrRebalancing() ? 1 : 0));
        return told;
    }

    /** All metrics of Streams and its clients; what {@link #told} says is in the group {@code stream-tributary-metrics}. */
    public Map<MetricName, ? extends Metric> metrics() {
        return streams.metrics();
    }

    /**
     * Stops it and leaves the group, so that a restart need not wait until the broker misses this process.
     *
     * @return whether it stopped in time
     */
    public boolean close(Duration timeout) {
        closing.countDown();
        if (queries != null) {
            queries.close();
        }
        return streams.close(CloseOptions.timeout(timeout)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }

    /** Stops it within ten seconds. */
    @Override
    public void close() {
        close(CLOSE_PATIENCE);
    }
}
