package io.tributary.scoring;

import io.tributary.core.spec.Durations;
import io.tributary.core.spec.EnsembleSpec;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/** The scoring job of the spec that its jar holds. */
final class BundledJob {

    private static final String BOOTSTRAP = "bootstrap";
    private static final String REGISTRY = "registry";
    private static final String CHECKPOINT = "checkpoint";
    private static final String DEFAULT_CHECKPOINT = "5s";

    private BundledJob() {}

    static void execute(String[] args) throws Exception {
        ParameterTool given = ParameterTool.fromArgs(args);
        Duration interval = checkpointInterval(given);
        SpecBundle bundle = SpecBundle.in(BundledJob.class.getClassLoader());
        EnsembleSpec spec = reachedAs(bundle.spec(), given);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        ScoringJob.build(env, spec, ShippedSpec.bundled(bundle.text(), spec), interval, MemberSource.classPath());
        env.execute(ScoringJob.name(spec));
    }

    private static Duration checkpointInterval(ParameterTool given) {
        Set<String> unknown = new TreeSet<>(given.toMap().keySet());
        unknown.removeAll(Set.of(BOOTSTRAP, REGISTRY, CHECKPOINT));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown arguments " + unknown + ", must be among --" + BOOTSTRAP
                    + ", --" + REGISTRY + " and --" + CHECKPOINT);
        }
        String text = given.get(CHECKPOINT, DEFAULT_CHECKPOINT);
        Duration interval = Durations.parse(text);
        if (interval == null || interval.isZero()) {
            throw new IllegalArgumentException(
                    "--" + CHECKPOINT + " is " + text + ", must be a duration such as 500ms or 5s");
        }
        return interval;
    }

    private static EnsembleSpec reachedAs(EnsembleSpec spec, ParameterTool given) {
        return spec.at(
                new EnsembleSpec.Kafka(
                        given.get(BOOTSTRAP, spec.kafka().bootstrap()),
                        spec.kafka().properties()),
                new EnsembleSpec.Registry(
                        given.get(REGISTRY, spec.registry().url()),
                        spec.registry().properties()));
    }
}
