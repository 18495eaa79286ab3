package io.tributary.test;

import io.tributary.app.embedded.EmbeddedStack;
import io.tributary.app.embedded.WorkDirectory;
import io.tributary.app.plane.Broker;
import io.tributary.app.plane.Topics;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.schemas.SchemaRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real broker and a real registry, started once for all tests of this JVM and stopped when it ends. */
final class Stack {

    private static final Stack INSTANCE = new Stack();

    private final WorkDirectory work = WorkDirectory.create();
    private final EmbeddedStack stack =
            EmbeddedStack.start(work, Path.of(System.getProperty("tributary.apicurio")), progress -> {});

    private Stack() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stack.close();
            work.close();
        }));
    }

    static Stack shared() {
        return INSTANCE;
    }

    WorkDirectory work() {
        return work;
    }

    String bootstrap() {
        return stack.bootstrap();
    }

    String registryUrl() {
        return stack.registryUrl();
    }

    SchemaRegistry registry() {
        return new SchemaRegistry(registryUrl(), Map.of());
    }

    /** The repository's root. */
    static Path home() {
        return Path.of(System.getProperty("tributary.home"));
    }

    /** The fraud example under another name, against this stack, written to a file of its own. */
    EnsembleSpec fraud(String name) {
        return SpecParser.parse(fraudFile(name));
    }

    /** The same with another text in place of one that it holds. */
    Path fraudFile(String name, String from, String to) throws IOException {
        Path file = fraudFile(name);
        String yaml = Files.readString(file);
        if (!yaml.contains(from)) {
            throw new AssertionError(file + " does not hold " + from);
        }
        return Files.writeString(file, yaml.replace(from, to));
    }

    /** The file of {@link #fraud}. */
    Path fraudFile(String name) {
        Path example = home().resolve("examples/fraud");
        try {
            String yaml = Files.readString(example.resolve("fraud.yaml"), StandardCharsets.UTF_8)
                    .replace("ensemble: fraud", "ensemble: " + name)
                    .replace("topic: card-transactions", "topic: " + name + ".transactions")
                    .replace("topic: fraud.outcomes", "topic: " + name + ".outcomes")
                    .replace("schema: transaction.avsc", "schema: " + example.resolve("transaction.avsc"))
                    .replace(": models/", ": " + example.resolve("models") + "/")
                    .replace("bootstrap: localhost:9092", "bootstrap: " + bootstrap())
                    .replaceAll("url: http://localhost:8081\\S*", "url: " + registryUrl());
            return Files.writeString(work.folder("specs").resolve(name + ".yaml"), yaml, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Makes all topics of an ensemble. */
    void prepare(EnsembleSpec spec) {
        prepare(spec, 1);
    }

    /** Makes all topics of an ensemble, with as many partitions as said where there may be several. */
    void prepare(EnsembleSpec spec, int partitions) {
        try (Broker broker = Broker.connect(spec)) {
            Topics.prepare(spec, broker, registry(), true, partitions);
        }
    }
}
