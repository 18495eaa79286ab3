package io.tributary.learning;

import io.tributary.core.spec.EnsembleSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the plane asks the broker about the topics before it starts. */
final class Topics {

    private Topics() {}

    /**
     * Checks that all topics are there and fit each other.
     *
     * @return how many partitions the predictions topic has
     * @throws IllegalStateException if a topic is missing, does not fit, or the broker does not answer
     */
    static int predictionPartitions(EnsembleSpec spec) throws InterruptedException {
        Map<String, Integer> partitions = partitions(spec);
        String predictions = spec.topics().predictions();
        String outcomes = spec.outcomes().topic();
        int wanted = partitions.getOrDefault(predictions, 0);
        int given = partitions.getOrDefault(outcomes, 0);
        if (spec.outcomes().copartitioned() && given != wanted) {
            throw new IllegalStateException(spec.file() + ": outcomes.copartitioned is true, but the topic " + outcomes
                    + " has " + given + " partitions and " + predictions + " has " + wanted
                    + "; give them the same number, or remove copartitioned");
        }
        return wanted;
    }

    private static Map<String, Integer> partitions(EnsembleSpec spec) throws InterruptedException {
        EnsembleSpec.Topics own = spec.topics();
        List<String> names = Stream.of(
                        spec.outcomes().topic(),
                        own.predictions(),
                        own.feedback(),
                        own.weights(),
                        own.metrics(),
                        own.deadLetters())
                .distinct()
                .toList();
        Map<String, Integer> partitions = new LinkedHashMap<>();
        Map<String, KafkaFuture<TopicDescription>> answers = new TreeMap<>();
        try (Admin admin = Admin.create(properties(spec))) {
            answers.putAll(admin.describeTopics(names).topicNameValues());
            for (String name : names) {
                describe(spec, name, answers, partitions);
            }
        }
        List<String> missing =
                names.stream().filter(name -> !partitions.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("the broker at " + spec.kafka().bootstrap() + " has no topic "
                    + String.join(", ", missing) + "; create what is missing, or correct the names in " + spec.file());
        }
        return partitions;
    }

    private static void describe(
            EnsembleSpec spec,
            String name,
            Map<String, KafkaFuture<TopicDescription>> answers,
            Map<String, Integer> partitions)
            throws InterruptedException {
        KafkaFuture<TopicDescription> answer = answers.get(name);
        if (answer == null) {
            return;
        }
        try {
            partitions.put(name, answer.get().partitions().size());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw new IllegalStateException(
                        "the broker at " + spec.kafka().bootstrap() + " does not describe the topic " + name + " ("
                                + e.getCause() + "); see that it runs and that kafka.properties let the client in",
                        e);
            }
        }
    }

    private static Properties properties(EnsembleSpec spec) {
        Properties properties = new Properties();
        properties.putAll(spec.kafka().properties());
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, spec.kafka().bootstrap());
        properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
        properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
        return properties;
    }
}
