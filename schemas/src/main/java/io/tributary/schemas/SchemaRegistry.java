package io.tributary.schemas;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.jspecify.annotations.Nullable;

/**
 * The schema registry, through the Confluent client. That client is to be had only inside Flink's jar, under a package
 * of Flink's: this class is the one place that names it. Answers are cached; safe for several threads.
 */
public final class SchemaRegistry {

    private static final int CACHED_SCHEMAS = 1000;
    private static final int NOT_FOUND = 404;

    /** What {@link #requireFullCompatibility} sets. */
    public static final String FULL = "FULL_TRANSITIVE";

    /** So that a flood of records with an unknown id does not become a flood of requests. */
    private static final Map<String, Object> DEFAULTS =
            Map.of("missing.id.cache.ttl.sec", 30L, "http.connect.timeout.ms", 5000, "http.read.timeout.ms", 10000);

    private final String url;
    private final SchemaRegistryClient client;
    private final Map<Integer, Schema> parsed = new HashMap<>();

    /**
     * A client; nothing is sent yet.
     *
     * @param url the root of the registry's Confluent-compatible API
     * @param properties passed to the Confluent client as they are
     */
    public SchemaRegistry(String url, Map<String, String> properties) {
        this.url = url;
        Map<String, Object> config = new HashMap<>(DEFAULTS);
        config.putAll(properties);
        this.client = new CachedSchemaRegistryClient(url, CACHED_SCHEMAS, config);
    }

    /**
     * Registers a schema, or finds it registered.
     *
     * @return its id
     * @throws RegistryException if the registry does not answer or refuses it
     */
    public int register(String subject, Schema schema) {
        try {
            return client.register(subject, new AvroSchema(schema.toString()));
        } catch (RestClientException e) {
            throw new RegistryException(
                    "the schema registry at " + url + " refused the schema of " + subject + ": " + e.getMessage()
                            + "; if another program owns that topic, give the ensemble a topic of its own",
                    e);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** Lets a subject change only in ways that both older and newer readers understand. */
    public void requireFullCompatibility(String subject) {
        try {
            client.updateCompatibility(subject, FULL);
        } catch (RestClientException e) {
            throw new RegistryException(
                    "the schema registry at " + url + " did not set the compatibility of " + subject + ": "
                            + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /**
     * In which ways a subject may change, such as {@code FULL_TRANSITIVE}.
     *
     * @return null if nothing is said about this subject in particular
     * @throws RegistryException if the registry does not answer
     */
    public @Nullable String compatibility(String subject) {
        try {
            return client.getCompatibility(subject);
        } catch (RestClientException e) {
            requireUnknown(subject, e);
            return null;
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /**
     * The schema with the given id.
     *
     * @return null if the registry knows none
     * @throws RegistryException if the registry does not answer
     */
    public synchronized @Nullable Schema byId(int id) {
        Schema known = parsed.get(id);
        if (known != null) {
            return known;
        }
        try {
            Schema schema = parse(client.getSchemaById(id).canonicalString());
            parsed.put(id, schema);
            return schema;
        } catch (RestClientException e) {
            requireUnknown("schema id " + id, e);
            return null;
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /**
     * The newest schema of a subject.
     *
     * @return null if the registry knows none
     * @throws RegistryException if the registry does not answer
     */
    public @Nullable Schema latest(String subject) {
        try {
            return parse(client.getLatestSchemaMetadata(subject).getSchema());
        } catch (RestClientException e) {
            requireUnknown(subject, e);
            return null;
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** Anything but that it knows no such thing is a failure. */
    private void requireUnknown(String what, RestClientException e) {
        if (e.getStatus() != NOT_FOUND) {
            throw new RegistryException(
                    "the schema registry at " + url + " failed on " + what + ": " + e.getMessage(), e);
        }
    }

    /**
     * Asks the registry for something, to know that it is there.
     *
     * @throws RegistryException if it does not answer
     */
    public void ping() {
        try {
            client.getAllSubjects();
        } catch (RestClientException e) {
            throw new RegistryException(
                    "there is a server at " + url + ", but it does not answer as a schema registry: " + e.getMessage()
                            + "; registry.url must be the root of a Confluent-compatible API",
                    e);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private RegistryException unreachable(IOException e) {
        return new RegistryException(
                "no schema registry answers at " + url + " (" + e.getMessage()
                        + "); start it or correct registry.url in the spec (tributary run --embedded starts one)",
                e);
    }

    /** Users' schemas may break Avro's rules for names or defaults without harm to us. */
    private static Schema parse(String json) {
        return new Schema.Parser(org.apache.avro.NameValidator.NO_VALIDATION)
                .setValidateDefaults(false)
                .parse(json);
    }
}
