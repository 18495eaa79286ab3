package io.tributary.test;

import static io.tributary.test.deploy.DeployFiles.at;
import static io.tributary.test.deploy.DeployFiles.texts;

import io.tributary.app.embedded.FreePorts;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.test.deploy.DeployFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A broker that lets in whom the manifests for Kubernetes name, with the rights that they give and over the topics that
 * they list, as Strimzi would have it; but for TLS, and with one replica.
 */
final class SecuredBroker implements AutoCloseable {

    private static final String ADMINISTRATOR = "administrator";
    private static final String MECHANISM = "SCRAM-SHA-512";

    private final Path folder;
    private final int port = FreePorts.pickTwo()[0];
    private final KafkaRaftServer server;
    private final List<Map<String, Object>> users = DeployFiles.manifests("KafkaUser");

    SecuredBroker(Path folder) throws Exception {
        this.folder = folder;
        Path data = Files.createDirectories(folder.resolve("data"));
        List<String> names = new ArrayList<>(List.of(ADMINISTRATOR));
        users.forEach(user -> names.add(DeployFiles.name(user)));
        format(data, names);
        server = new KafkaRaftServer(new KafkaConfig(settings(data)), Time.SYSTEM);
        server.startup();
        try (Admin admin = Admin.create(properties(ADMINISTRATOR))) {
            admin.createTopics(DeployFiles.manifests("KafkaTopic").stream()
                            .map(SecuredBroker::topic)
                            .toList())
                    .all()
                    .get();
            admin.createAcls(users.stream()
                            .flatMap(user -> rights(user).stream())
                            .toList())
                    .all()
                    .get();
        }
    }

    private static void format(Path data, List<String> names) throws Exception {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(data.toString())
                    .addDirectory(data.toString())
                    .setScramArguments(names.stream()
                            .map(name -> MECHANISM + "=[name=" + name + ",password=" + password(name) + "]")
                            .toList())
                    .run();
        }
    }

    private Map<String, String> settings(Path data) {
        int controller = FreePorts.pickTwo()[1];
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listeners", "CLIENTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
        settings.put("listener.security.protocol.map", "CLIENTS:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "CLIENTS");
        settings.put("sasl.enabled.mechanisms", MECHANISM);
        settings.put("sasl.mechanism.inter.broker.protocol", MECHANISM);
        settings.put("listener.name.clients.scram-sha-512.sasl.jaas.config", jaas(ADMINISTRATOR));
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // The controller's own listener knows nobody by name, and is for nobody else.
        settings.put("super.users", "User:" + ADMINISTRATOR + ";User:ANONYMOUS");
        settings.put("log.dirs", data.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("log.retention.ms", "-1");
        settings.put("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));
        return settings;
    }

    private static String password(String name) {
        return "password-of-" + name;
    }

    private static String jaas(String name) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + name + "\" password=\""
                + password(name) + "\";";
    }

    private static NewTopic topic(Map<String, Object> manifest) {
        Map<String, String> config = new HashMap<>();
        ((Map<?, ?>) at(manifest, "spec", "config"))
                .forEach((key, value) -> config.put(String.valueOf(key), String.valueOf(value)));
        int partitions = (Integer) at(manifest, "spec", "partitions");
        return new NewTopic(DeployFiles.name(manifest), partitions, (short) 1).configs(config);
    }

    private static List<AclBinding> rights(Map<String, Object> user) {
        List<AclBinding> rights = new ArrayList<>();
        for (Object rule : (List<?>) at(user, "spec", "authorization", "acls")) {
            Map<?, ?> resource = (Map<?, ?>) at(rule, "resource");
            ResourcePattern pattern = new ResourcePattern(
                    resource.get("type").equals("transactionalId")
                            ? ResourceType.TRANSACTIONAL_ID
                            : ResourceType.fromString(String.valueOf(resource.get("type"))),
                    String.valueOf(resource.get("name")),
                    "prefix".equals(resource.get("patternType")) ? PatternType.PREFIXED : PatternType.LITERAL);
            for (String operation : texts(rule, "operations")) {
                rights.add(new AclBinding(
                        pattern,
                        new AccessControlEntry(
                                "User:" + DeployFiles.name(user), "*", operation(operation), AclPermissionType.ALLOW)));
            }
        }
        return rights;
    }

    /** As manifests write it: {@code DescribeConfigs}. */
    private static AclOperation operation(String name) {
        return AclOperation.valueOf(name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
    }

    /**
     * The spec of the manifests as a user's pod reads it, with that user's Secret where it is mounted, but without TLS; with
     * transactions, which take more rights.
     */
    EnsembleSpec specOf(String user, String registryUrl) {
        EnsembleSpec spec = SpecParser.parse(
                written(folder.resolve("fraud.yaml"), DeployFiles.specText().replace("at-least-once", "exactly-once")));
        Map<String, String> properties = new HashMap<>(spec.kafka().properties());
        properties.replaceAll(
                (name, value) -> value.replace("/etc/kafka-user", secret(user).toString()));
        properties.put("security.protocol", "SASL_PLAINTEXT");
        properties.keySet().removeIf(name -> name.startsWith("ssl."));
        return spec.at(
                new EnsembleSpec.Kafka("127.0.0.1:" + port, Map.copyOf(properties)),
                new EnsembleSpec.Registry(registryUrl, Map.of()));
    }

    /** How a client of a user's is configured. */
    Map<String, Object> properties(String user) {
        return new HashMap<>(Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + port,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                MECHANISM,
                "sasl.jaas.config",
                jaas(user)));
    }

    private Path secret(String user) {
        Path secret = folder.resolve("secrets").resolve(user);
        written(secret.resolve("sasl.jaas.config"), jaas(user));
        return secret;
    }

    private static Path written(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
