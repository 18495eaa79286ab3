package io.tributary.app.command;

import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import io.tributary.app.plane.Broker;
import io.tributary.app.plane.Publisher;
import io.tributary.core.spec.Durations;
import io.tributary.core.spec.EnsembleSpec;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How a version is published. */
final class PublishOptions {

    @Option(
            names = "--patience",
            paramLabel = "D",
            defaultValue = "2m",
            description = "How long the scoring plane may take to load the version. Default: ${DEFAULT-VALUE}.")
    private String patience;

    /** Publishes a spec that has been checked. */
    void publish(EnsembleSpec spec, Lines lines) {
        Duration allowed = Durations.parse(patience);
        if (allowed == null || allowed.isZero()) {
            throw new UsageError("--patience is " + patience + ", must be a duration such as 30s or 2m");
        }
        try (Broker broker = Broker.connect(spec)) {
            if (broker.partitions(spec.topics().control()).isEmpty()) {
                throw new UserError("there is no topic " + spec.topics().control() + " at "
                        + spec.kafka().bootstrap() + ": " + spec.ensemble()
                        + " has never run there; start it with tributary run or submit");
            }
        }
        try (Publisher publisher = new Publisher(spec)) {
            publisher.publish(allowed, progress -> lines.say("  loaded: " + progress));
        }
    }

    /** What has become of a version that was published, for people. */
    static String scores(EnsembleSpec spec) {
        return "version " + spec.version() + " of " + spec.ensemble() + " scores from here on";
    }
}
