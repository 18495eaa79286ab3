package io.tributary.scoring;

import io.tributary.core.member.MemberLoader;
import io.tributary.core.spec.EnsembleSpec;
import java.io.Serializable;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * What an operator knows of the world outside of the job, on its way to the task managers.
 *
 * @param spec the version of the spec that the job was started with
 * @param memberSource where members come from
 * @param control where new versions are heard of
 */
record Outside(ShippedSpec spec, MemberSource memberSource, ControlSource control) implements Serializable {

    /** The loader of members. */
    MemberLoader members() {
        return memberSource.loader();
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
}
