package io.tributary.scoring;

import io.tributary.core.member.MemberException;
import io.tributary.core.member.MemberLoader;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SlotGroup;
import java.io.Serializable;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;

/**
 * What an operator knows of the world outside of the job, on its way to the task managers.
 *
 * @param spec the version of the spec that the job was started with
 * @param memberSource where members come from
 * @param control where new versions are heard of
 * @param weights where weights are read
 */
record Outside(ShippedSpec spec, MemberSource memberSource, ControlSource control, WeightsSource weights)
        implements Serializable {

    /** The loader of members. */
    MemberLoader members() {
        return memberSource.loader();
    }

    /**
     * The GPUs that the members of a slot group may use.
     *
     * @return their indices; empty if it needs none
     * @throws MemberException if it needs one and there is none
     */
    Set<Integer> gpus(SlotGroup group, RuntimeContext subtask) {
        if (!group.needsGpu()) {
            return Set.of();
        }
        Set<Integer> gpus = memberSource.gpus(subtask);
        if (gpus.isEmpty()) {
            throw new MemberException("slot group " + group.name() + " needs a GPU, and its TaskManager's driver of the"
                    + " external resource " + MemberSource.GPU + " names none with an index; see its log");
        }
        return gpus;
    }

    /** The versions of the spec, as the given subtask sees them. */
    Versions versions(String uid, RuntimeContext subtask) {
        EnsembleSpec shipped = spec.unpack();
        return new Versions(
                shipped,
                control.open(shipped),
                new Versions.Speaker(
                        uid,
                        subtask.getTaskInfo().getIndexOfThisSubtask(),
                        subtask.getTaskInfo().getNumberOfParallelSubtasks()));
    }

    /**
     * The weights of the ensemble, as the given subtask reads them.
     *
     * @param metrics where it counts what it does not pass on
     */
    WeightsFeed weights(EnsembleSpec first, String uid, RuntimeContext subtask, MetricGroup metrics) {
        String reader = uid + "-" + subtask.getTaskInfo().getIndexOfThisSubtask();
        return new WeightsFeed(first, weights, reader, metrics);
    }
}
