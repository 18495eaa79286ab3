package io.tributary.app.command;

import io.tributary.app.UsageError;
import io.tributary.core.spec.EnsembleSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where broker and registry are, if not where the spec says. */
final class AddressOptions {

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Kafka, where it is not at kafka.bootstrap in the spec.")
    private @Nullable String bootstrap;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "The registry, where it is not at registry.url in the spec.")
    private @Nullable String registryUrl;

    /** The spec with broker and registry where they are. */
    EnsembleSpec reached(EnsembleSpec spec) {
        return spec.at(
                new EnsembleSpec.Kafka(
                        bootstrap == null ? spec.kafka().bootstrap() : bootstrap,
                        spec.kafka().properties()),
                new EnsembleSpec.Registry(
                        registryUrl == null ? spec.registry().url() : registryUrl,
                        spec.registry().properties()));
    }

    /**
     * Refuses them where they would do nothing.
     *
     * @param beside what makes them idle
     * @throws UsageError if one is given
     */
    void refuse(String beside) {
        if (!arguments().isEmpty()) {
            throw new UsageError(
                    String.join(" ", arguments()) + " would do nothing beside " + beside + "; leave it out");
        }
    }

    /** The same as arguments for another program. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (bootstrap != null) {
            arguments.addAll(List.of("--bootstrap", bootstrap));
        }
        if (registryUrl != null) {
            arguments.addAll(List.of("--registry", registryUrl));
        }
        return arguments;
    }
}
