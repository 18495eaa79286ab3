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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
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
        Map<String, Object> properties = new HashMap<>(spec.kafka().properties());
        properties.put("bootstrap.servers", spec.kafka().bootstrap());
        properties.put("request.timeout.ms", "5000");
        properties.put("default.api.timeout.ms", "10000");
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

    /** Makes those of the given topics that are missing. */
    public void create(List<NewTopic> topics) {
        Set<String> existing = await(admin.listTopics().names());
        List<NewTopic> missing = new ArrayList<>(topics);
        missing.removeIf(topic -> existing.contains(topic.name()));
        for (Map.Entry<String, KafkaFuture<Void>> created :
                admin.createTopics(missing).values().entrySet()) {
            try {
                created.getValue().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
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
    }

    /** How long a transaction may last, in milliseconds; empty if the broker does not let this client know. */
    public OptionalLong longestTransactionMillis() {
        Collection<Node> nodes = await(admin.describeCluster().nodes());
        ConfigResource any = new ConfigResource(
                ConfigResource.Type.BROKER, nodes.iterator().next().idString());
        try {
            KafkaFuture<Config> answer = Objects.requireNonNull(
                    admin.describeConfigs(Set.of(any)).values().get(any));
            Config config = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            ConfigEntry entry = config.get(LONGEST_TRANSACTION);
            return entry == null || entry.value() == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(entry.value()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return OptionalLong.empty();
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
            throw new UserError(
                    "group " + group + " cannot be looked up at " + spec.kafka().bootstrap() + ": "
                            + ScoringPlane.rootMessage(e),
                    e);
        } catch (TimeoutException e) {
            throw absent(spec, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
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
