package io.tributary.benchmarks.learning;

import io.tributary.app.UserError;
import io.tributary.benchmarks.process.StackProcess;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An ensemble of eight members with the default learner, whose outcomes are copartitioned with its predictions.
 *
 * @param name the ensemble's
 * @param pending how many predictions wait for a label that does not come
 * @param segments over how many segments traffic is spread; 0 for none
 * @param stack the broker and the registry
 */
record LearningCase(String name, long pending, int segments, StackProcess.Addresses stack) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of the predictions and the outcomes topic. */
    static final int PARTITIONS = 2;

    static final String NONE_PENDING = "none pending";

    private static final List<String> MEMBERS =
            List.of("logistic", "forest", "mlp", "boosted", "rules", "recurrent", "neighbours", "embedding");

    /** What it is called in tables. */
    String label() {
        if (segments > 0) {
            return String.format(Locale.ROOT, "%,d segment%s", segments, segments == 1 ? "" : "s");
        }
        return pending == 0 ? NONE_PENDING : String.format(Locale.ROOT, "%,d pending", pending);
    }

    /**
     * Sees to it that no prediction is labelled twice: that would teach nothing. Where more wait than there are outcomes a
     * round, outcomes are of those that wait.
     *
     * @param repeats how many rounds there are after the first, which is not counted
     * @param outcomes how many a round
     * @throws UserError if too few wait
     */
    void requireUnlabelled(int repeats, int outcomes) {
        long wanted = (repeats + 1L) * outcomes;
        if (pending > outcomes && wanted > pending) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "--repeats is %d, which with the round that warms up takes %,d labels, one for each of the predictions"
                            + " that wait; case '%s' allows for --repeats %d at most: pass that, or other --cases",
                    repeats,
                    wanted,
                    label(),
                    pending / outcomes - 1));
        }
    }

    EnsembleSpec spec() {
        return SpecParser.parse(yaml(), Path.of(name + ".yaml"));
    }

    /** The spec as a file has it. */
    String yaml() {
        String members = MEMBERS.stream()
                .map(member -> "  " + member + ": {rules: [{when: x > 0.0, score: 0.5}], otherwise: 0.4}\n")
                .collect(Collectors.joining());
        return """
                ensemble: %s
                kafka: {bootstrap: "%s"}
                registry: {url: "%s"}
                events: {topic: %s.events, id: id, time: time}
                features: [x]
                outcomes: {topic: %s.outcomes, maxDelay: 45d, copartitioned: true}
                learning: {publish: 1s}
                members:
                """.formatted(name, stack.bootstrap(), stack.registryUrl(), name, name) + members;
    }
}
