package io.tributary.app.plane;

import io.tributary.app.UserError;
import io.tributary.core.spec.EnsembleSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;

/** The broker that a spec names, seen as its administrator: is it there, what topics has it, who is running. */
public final class Broker implements AutoCloseable {

    private static final String LONGEST_TRANSACTION = "transaction.max.timeout.ms";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final EnsembleSpec spec;
    private final Admin admin;

    private Broker(EnsembleSpec spec, Admin admin) {
        this.spec = spec;
        this.admin = admin;
    }

    /**
     * Connects.
     *
     * @throws UserError if no broker answers
     */
    public static Broker connect(EnsembleSpec spec) {
        return connect(spec, Duration.ofSeconds(10));
    }

    /** The same, giving up after so long. */
    public static Broker connect(EnsembleSpec spec, Duration patience) {
        Map<String, Object> properties = new HashMap<>(spec.kafka().properties());
        properties.put("bootstrap.servers", spec.kafka().bootstrap());
        properties.put("request.timeout.ms", Long.toString(patience.toMillis() / 2));
        properties.put("default.api.timeout.ms", Long.toString(patience.toMillis()));
        try {
            Broker broker = new Broker(spec, Admin.create(properties));
            try {
                broker.await(broker.admin.describeCluster().nodes());
                return broker;
            } catch (UserError e) {
                broker.close();
                throw e;
            }
        } catch (KafkaException e) {
            throw absent(spec, e);
        }
    }

    private static UserError absent(EnsembleSpec spec, Throwable cause) {
        return new UserError(
                "no Kafka broker answers at " + spec.kafka().bootstrap() + " (" + ScoringPlane.rootMessage(cause)
                        + "); start it or correct kafka.bootstrap in " + spec.file()
                        + " (tributary run --embedded starts one)",
                cause);
    }

    /**
     * How many partitions a topic has.
     *
     * @return empty if there is no such topic
     */
    public Optional<Integer> partitions(String topic) {
        if (!await(admin.listTopics().names()).contains(topic)) {
            return Optional.empty();
        }
        TopicDescription description =
                await(admin.describeTopics(Set.of(topic)).allTopicNames()).get(topic);
        return description == null
                ? Optional.empty()
                : Optional.of(description.partitions().size());
    }

    /** Which of the given topics there are. */
    public Set<String> existing(Collection<String> topics) {
        Set<String> there = new TreeSet<>(topics);
        there.retainAll(await(admin.listTopics().names()));
        return there;
    }

    /** Those of the given topics that there are, by name. */
    public Map<String, SeenTopic> see(Collection<String> topics) {
        Map<String, TopicDescription> described =
                await(admin.describeTopics(existing(topics)).allTopicNames());
        Map<String, SeenTopic> seen = new TreeMap<>();
        described.forEach((topic, description) ->
                seen.put(topic, new SeenTopic(description.partitions().size(), settings(topic))));
        return seen;
    }

    private Map<String, String> settings(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> settings = new TreeMap<>();
        described(resource)
                .ifPresent(config -> config.entries().stream()
                        .filter(entry -> entry.value() != null)
                        .forEach(entry -> settings.put(entry.name(), entry.value())));
        return settings;
    }

    /**
     * Makes those of the given topics that are missing.
     *
     * @return their names
     */
    public List<String> create(List<NewTopic> topics) {
        Set<String> existing = await(admin.listTopics().names());
        List<NewTopic> missing = new ArrayList<>(topics);
        missing.removeIf(topic -> existing.contains(topic.name()));
        List<String> made = new ArrayList<>();
        for (Map.Entry<String, KafkaFuture<Void>> created :
                admin.createTopics(missing).values().entrySet()) {
            try {
                created.getValue().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                made.add(created.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new UserError(
                            "topic " + created.getKey() + " cannot be created at "
                                    + spec.kafka().bootstrap() + ": "
                                    + ScoringPlane.rootMessage(e) + "; create it by hand or allow this client to",
                            e);
                }
            } catch (TimeoutException e) {
                throw absent(spec, e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        return made;
    }

    /** How long a transaction may last, in milliseconds; empty if the broker does not let this client know. */
    public OptionalLong longestTransactionMillis() {
        Collection<Node> nodes = await(admin.describeCluster().nodes());
        ConfigResource any = new ConfigResource(
                ConfigResource.Type.BROKER, nodes.iterator().next().idString());
        return described(any)
                .map(config -> config.get(LONGEST_TRANSACTION))
                .map(ConfigEntry::value)
                .map(value -> OptionalLong.of(Long.parseLong(value)))
                .orElse(OptionalLong.empty());
    }

    /** Empty if the broker does not let this client know. */
    private Optional<Config> described(ConfigResource resource) {
        try {
            KafkaFuture<Config> answer = Objects.requireNonNull(
                    admin.describeConfigs(Set.of(resource)).values().get(resource));
            return Optional.of(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return Optional.empty();
            }
            throw absent(spec, e);
        } catch (TimeoutException e) {
            throw absent(spec, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Whether a learning plane of this ensemble is running somewhere. */
    public boolean learningPlaneRuns() {
        String group = spec.learningGroup();
        try {
            Map<String, ConsumerGroupDescription> descriptions =
                    admin.describeConsumerGroups(Set.of(group)).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return descriptions.values().stream()
                    .anyMatch(each -> !each.members().isEmpty());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false;
            }
            throw unseen(group, e);
        } catch (TimeoutException e) {
            throw absent(spec, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * How many records of topics a group has not read yet, as far as it has committed.
     *
     * @param topics those that there are
     */
    public long waiting(String group, Collection<String> topics) {
        Map<TopicPartition, OffsetSpec> first = new HashMap<>();
        await(admin.describeTopics(topics).allTopicNames())
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(partition ->
                                first.put(new TopicPartition(topic, partition.partition()), OffsetSpec.earliest())));
        Map<TopicPartition, OffsetSpec> last = new HashMap<>(first);
        last.replaceAll((partition, earliest) -> OffsetSpec.latest());
        Map<TopicPartition, ListOffsetsResultInfo> begins =
                await(admin.listOffsets(first).all());
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                await(admin.listOffsets(last).all());
        Map<TopicPartition, OffsetAndMetadata> committed = committed(group);
        long waiting = 0;
        for (TopicPartition each : first.keySet()) {
            OffsetAndMetadata read = committed.get(each);
            long begin = offset(begins, each);
            waiting += Math.max(0, offset(ends, each) - Math.max(begin, read == null ? begin : read.offset()));
        }
        return waiting;
    }

    private static long offset(Map<TopicPartition, ListOffsetsResultInfo> offsets, TopicPartition partition) {
        return Objects.requireNonNull(offsets.get(partition)).offset();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String group) {
        try {
            return admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw unseen(group, e);
        } catch (TimeoutException e) {
            throw absent(spec, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** What a look at a group came to, if not to an answer. */
    private UserError unseen(String group, ExecutionException e) {
        if (!(e.getCause() instanceof AuthorizationException)) {
            return absent(spec, e.getCause() == null ? e : e.getCause());
        }
        return new UserError(
                "group " + group + " cannot be looked up at " + spec.kafka().bootstrap() + ": "
                        + ScoringPlane.rootMessage(e) + "; the user needs the right to describe it",
                e.getCause());
    }

    private <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw absent(spec, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw absent(spec, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static UserError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new UserError("interrupted while waiting for the broker", e);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
