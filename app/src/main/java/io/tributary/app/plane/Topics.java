package io.tributary.app.plane;

import io.tributary.app.UserError;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics and subjects that an ensemble needs, made where they are missing. */
public final class Topics {

    private Topics() {}

    /**
     * How new topics are made.
     *
     * @param partitions how many partitions those get that are spread over partitions, from 1
     * @param replication how many brokers keep each; empty for the broker's default
     */
    public record Size(int partitions, Optional<Short> replication) {}

    /** The same with the broker's default of replicas. */
    public static void prepare(
            EnsembleSpec spec, Broker broker, SchemaRegistry registry, boolean usersToo, int partitions) {
        prepare(spec, broker, registry, usersToo, new Size(partitions, Optional.empty()));
    }

    /**
     * Makes the ensemble's own topics and registers their schemas. The features topic, and an outcomes topic with records
     * of the user's, belong to the user.
     *
     * @param usersToo whether the features and outcomes topics are made as well
     * @param size of new topics
     * @return the topics that were missing and have been made
     * @throws UserError if the features or outcomes topic is missing and is not to be made
     */
    public static List<String> prepare(
            EnsembleSpec spec, Broker broker, SchemaRegistry registry, boolean usersToo, Size size) {
        List<NewTopic> wanted = new ArrayList<>();
        for (WantedTopic each : WantedTopic.of(spec)) {
            if (!each.isUsers() || usersToo) {
                wanted.add(each.create(size));
            } else if (broker.partitions(each.name()).isEmpty()) {
                throw new UserError("there is no topic " + each.name() + " at "
                        + spec.kafka().bootstrap() + ", which " + each.key() + " in " + spec.file()
                        + " names; create it (tributary topics create --inputs does) or correct the name");
            }
        }
        List<String> made = broker.create(wanted);
        for (WantedTopic each : WantedTopic.of(spec)) {
            Schema schema = each.schema();
            if (schema != null && (!each.name().equals(spec.outcomes().topic()) || isFree(each, schema, registry))) {
                registry.register(each.subject(), schema);
                registry.requireFullCompatibility(each.subject());
            }
        }
        return made;
    }

    /** The user may write outcomes of another shape; only a subject that is still free is ours to claim. */
    private static boolean isFree(WantedTopic outcomes, Schema schema, SchemaRegistry registry) {
        Schema registered = registry.latest(outcomes.subject());
        return registered == null || registered.getFullName().equals(schema.getFullName());
    }

    /** As many partitions as what is read has: outcomes where they are copartitioned with predictions, else events, else 1. */
    public static int usualPartitions(EnsembleSpec spec, Broker broker) {
        Optional<Integer> outcomes = spec.outcomes().copartitioned()
                ? broker.partitions(spec.outcomes().topic())
                : Optional.empty();
        return outcomes.or(() -> broker.partitions(spec.events().topic())).orElse(1);
    }
}
