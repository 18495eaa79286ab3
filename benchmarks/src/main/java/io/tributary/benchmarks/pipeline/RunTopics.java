package io.tributary.benchmarks.pipeline;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DeleteTopicsOptions;

/**
 * Topics that go when what uses them is over, however that ends: run after run would fill the disk.
 *
 * @param bootstrap the broker, as {@code host:port}
 * @param names the topics, which exist
 */
public record RunTopics(String bootstrap, List<String> names) implements AutoCloseable {

    /** So that a broker that is gone does not hold up the word of what went wrong before. */
    private static final int MOST_MILLIS = 20_000;

    /** Copies the list. */
    public RunTopics {
        names = List.copyOf(names);
    }

    /** These and one more. */
    public RunTopics and(String name) {
        return new RunTopics(
                bootstrap, Stream.concat(names.stream(), Stream.of(name)).toList());
    }

    /**
     * Deletes them. The broker frees their disk space a minute later.
     *
     * @throws IllegalStateException if the broker does not
     */
    @Override
    public void close() {
        if (names.isEmpty()) {
            return;
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.deleteTopics(names, new DeleteTopicsOptions().timeoutMs(MOST_MILLIS))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics " + names + " cannot be deleted: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the topics " + names + " were being deleted", e);
        }
    }
}
