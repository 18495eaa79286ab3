package io.tributary.scoring;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A spec on its way to the task managers: its text, since the text is what has a stable form, and where to find the
 * broker and registry, which may differ from what the text says, and which slot groups that prefer a GPU have one. The files that it names are where it says, or travel in
 * the job's jar.
 */
final class ShippedSpec implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String yaml;
    private final String file;
    private final String bootstrap;
    private final HashMap<String, String> kafkaProperties;
    private final String registryUrl;
    private final HashMap<String, String> registryProperties;
    private final HashSet<String> onGpu;
    private final boolean bundled;

    private ShippedSpec(String yaml, EnsembleSpec spec, boolean bundled) {
        this.yaml = yaml;
        this.file = spec.file().toString();
        this.bootstrap = spec.kafka().bootstrap();
        this.kafkaProperties = new HashMap<>(spec.kafka().properties());
        this.registryUrl = spec.registry().url();
        this.registryProperties = new HashMap<>(spec.registry().properties());
        this.onGpu = new HashSet<>(spec.slots().onGpu());
        this.bundled = bundled;
    }

    /**
     * Packs a spec whose files the task managers find where it says.
     *
     * @throws UncheckedIOException if its file can no longer be read
     */
    static ShippedSpec of(EnsembleSpec spec) {
        return new ShippedSpec(text(spec), spec, false);
    }

    /** Packs a spec that came out of the job's jar, with its text; its files are there too. */
    static ShippedSpec bundled(String yaml, EnsembleSpec spec) {
        return new ShippedSpec(yaml, spec, true);
    }

    /**
     * The text of a spec.
     *
     * @throws UncheckedIOException if its file can no longer be read
     */
    static String text(EnsembleSpec spec) {
        try {
            return Files.readString(spec.file(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the spec " + spec.file() + " can no longer be read", e);
        }
    }

    /** The spec, with its files on this machine. */
    EnsembleSpec unpack() {
        UnaryOperator<Path> places =
                bundled ? SpecBundle.in(ShippedSpec.class.getClassLoader())::place : UnaryOperator.identity();
        return SpecParser.parse(yaml, Path.of(file), places)
                .onGpu(onGpu)
                .at(
                        new EnsembleSpec.Kafka(bootstrap, kafkaProperties),
                        new EnsembleSpec.Registry(registryUrl, registryProperties));
    }

    /** What a Kafka client of the scoring plane is configured with. */
    static Map<String, Object> clientProperties(EnsembleSpec spec) {
        Map<String, Object> properties = new HashMap<>(spec.kafka().properties());
        properties.put("bootstrap.servers", spec.kafka().bootstrap());
        return properties;
    }
}
