package io.tributary.scoring;

import io.tributary.core.member.MemberLoader;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.api.common.functions.RuntimeContext;

/** Where a task manager gets its members from, and the GPUs that they may use. */
@FunctionalInterface
interface MemberSource extends Serializable {

    /** The external resource under which Flink's task managers offer their GPUs. */
    String GPU = "gpu";

    /** The loader that opens them, on the task manager. */
    MemberLoader loader();

    /**
     * The indices of the GPUs that the task may use; none where there are none. Flink's own are given to every slot of a
     * task manager alike, to those that did not ask for one, too.
     */
    default Set<Integer> gpus(RuntimeContext context) {
        Set<Integer> indices = new HashSet<>();
        for (ExternalResourceInfo gpu : context.getExternalResourceInfos(GPU)) {
            gpu.getProperty("index").map(Integer::valueOf).ifPresent(indices::add);
        }
        return indices;
    }

    /** Whether Flink must find slots with a GPU for those who need one. */
    default boolean asksFlinkForGpus() {
        return true;
    }

    /** All kinds of members on the class path, and Flink's GPUs. */
    static MemberSource classPath() {
        return MemberLoader::discover;
    }

    /** All kinds of members on the class path, in a process that knows its GPUs, since its Flink has no resources. */
    static MemberSource classPath(Set<Integer> gpus) {
        return new WithOwnGpus(Set.copyOf(gpus));
    }

    /**
     * A source for a process that Flink gives no GPUs.
     *
     * @param indices of its GPUs
     */
    record WithOwnGpus(Set<Integer> indices) implements MemberSource {

        @Override
        public MemberLoader loader() {
            return MemberLoader.discover();
        }

        @Override
        public Set<Integer> gpus(RuntimeContext context) {
            return indices;
        }

        @Override
        public boolean asksFlinkForGpus() {
            return false;
        }
    }
}
