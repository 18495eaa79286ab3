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
import java.util.Map;

/**
 * A spec on its way to the task managers: its text, since the text is what has a stable form, and where to find the
 * broker and registry, which may differ from what the text says.
 */
final class ShippedSpec implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String yaml;
    private final String file;
    private final String bootstrap;
    private final String registryUrl;
    private final boolean elsewhere;

    private ShippedSpec(String yaml, EnsembleSpec spec, boolean elsewhere) {
        this.yaml = yaml;
        this.file = spec.file().toString();
        this.bootstrap = spec.kafka().bootstrap();
        this.registryUrl = spec.registry().url();
        this.elsewhere = elsewhere;
    }

    /**
     * Packs a spec.
     *
     * @throws UncheckedIOException if its file can no longer be read
     */
    static ShippedSpec of(EnsembleSpec spec) {
        try {
            String yaml = Files.readString(spec.file(), StandardCharsets.UTF_8);
            EnsembleSpec written = SpecParser.parse(yaml, spec.file());
            boolean elsewhere =
                    !written.kafka().equals(spec.kafka()) || !written.registry().equals(spec.registry());
            return new ShippedSpec(yaml, spec, elsewhere);
        } catch (IOException e) {
            throw new UncheckedIOException("the spec " + spec.file() + " can no longer be read", e);
        }
    }

    EnsembleSpec unpack() {
        EnsembleSpec spec = SpecParser.parse(yaml, Path.of(file));
        return elsewhere ? spec.at(bootstrap, registryUrl) : spec;
    }

    /** What a Kafka client of the scoring plane is configured with. */
    static Map<String, Object> clientProperties(EnsembleSpec spec) {
        Map<String, Object> properties = new HashMap<>(spec.kafka().properties());
        properties.put("bootstrap.servers", spec.kafka().bootstrap());
        return properties;
    }
}
