package io.tributary.scoring;

import io.tributary.core.spec.Durations;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SlotGroup;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scoring job of the spec that its jar holds. */
final class BundledJob {

    private static final Logger LOG = LoggerFactory.getLogger(BundledJob.class);
    private static final String BOOTSTRAP = "bootstrap";
    private static final String REGISTRY = "registry";
    private static final String CHECKPOINT = "checkpoint";
    private static final String ON_GPU = "on-gpu";
    private static final String DEFAULT_CHECKPOINT = "5s";

    private BundledJob() {}

    static void execute(String[] args) throws Exception {
        ParameterTool given = ParameterTool.fromArgs(args);
        Duration interval = checkpointInterval(given);
        SpecBundle bundle = SpecBundle.in(BundledJob.class.getClassLoader());
        EnsembleSpec spec = settled(reachedAs(bundle.spec(), given), given);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        ScoringJob.build(env, spec, ShippedSpec.bundled(bundle.text(), spec), interval, MemberSource.classPath());
        env.execute(ScoringJob.name(spec));
    }

    private static Duration checkpointInterval(ParameterTool given) {
        Set<String> unknown = new TreeSet<>(given.toMap().keySet());
        unknown.removeAll(Set.of(BOOTSTRAP, REGISTRY, CHECKPOINT, ON_GPU));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown arguments " + unknown + ", must be among --" + BOOTSTRAP
                    + ", --" + REGISTRY + ", --" + CHECKPOINT + " and --" + ON_GPU);
        }
        String text = given.get(CHECKPOINT, DEFAULT_CHECKPOINT);
        Duration interval = Durations.parse(text);
        if (interval == null || interval.isZero()) {
            throw new IllegalArgumentException(
                    "--" + CHECKPOINT + " is " + text + ", must be a duration such as 500ms or 5s");
        }
        return interval;
    }

    /** Nobody here knows what the TaskManagers offer, and a slot with a GPU that none offers is waited for in vain. */
    private static EnsembleSpec settled(EnsembleSpec spec, ParameterTool given) {
        Set<String> preferring = spec.slots().preferringGpu().stream()
                .map(SlotGroup::name)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> onGpu = new TreeSet<>();
        if (given.has(ON_GPU)) {
            onGpu.addAll(List.of(given.get(ON_GPU).split(",")));
        }
        if (!preferring.containsAll(onGpu)) {
            throw new IllegalArgumentException("--" + ON_GPU + " is " + given.get(ON_GPU)
                    + ", must be slot groups with gpu: preferred, with commas; the spec has " + preferring);
        }
        preferring.removeAll(onGpu);
        if (!preferring.isEmpty()) {
            LOG.warn("slot groups {} prefer a GPU and run on the CPU; --{} gives them one", preferring, ON_GPU);
        }
        return spec.onGpu(onGpu);
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
