package io.tributary.core.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which members run side by side in one slot of the scoring plane, and what they are given there.
 *
 * @param pipeline what the slots of decoding, gathering, fusing and writing are given; null where there is one group, in
 *     whose slot these run too
 * @param groups at least one; every member is in exactly one
 */
public record Slots(@Nullable Resources pipeline, List<SlotGroup> groups) {

    /** The name of the only group where the spec has no slots. */
    static final String ONLY = "score";

    /** The name under which the spec has the pipeline's resources. */
    static final String PIPELINE = "pipeline";

    /** All members in one slot, with whatever a slot has. */
    static Slots one(List<MemberSpec> members) {
        return new Slots(
                null,
                List.of(new SlotGroup(
                        ONLY, null, members.stream().map(MemberSpec::name).toList())));
    }

    /** Whether members run apart from each other, so that their scores must be gathered. */
    public boolean isApart() {
        return groups.size() > 1;
    }

    /**
     * What one slot is given.
     *
     * @param cpu cores, above 0
     * @param heapBytes of the JVM's heap
     * @param offHeapBytes outside of the heap, where models live
     * @param managedBytes of Flink's managed memory
     * @param gpu whether it needs a GPU
     */
    public record Resources(double cpu, long heapBytes, long offHeapBytes, long managedBytes, Gpu gpu) {}

    /** Whether a slot needs a GPU. */
    public enum Gpu {
        /** It does not. */
        NONE,
        /** One where there is one, else the CPU. */
        PREFERRED,
        /** Without one it does not start. */
        REQUIRED
    }
}
