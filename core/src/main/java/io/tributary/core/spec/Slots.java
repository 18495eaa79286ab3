package io.tributary.core.spec;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** The names of the groups that run on a GPU. */
    public Set<String> onGpu() {
        return groups.stream().filter(SlotGroup::needsGpu).map(SlotGroup::name).collect(Collectors.toUnmodifiableSet());
    }

    /** The groups for which it is still open if they run on a GPU. */
    public List<SlotGroup> preferringGpu() {
        return groups.stream().filter(SlotGroup::prefersGpu).toList();
    }

    /** The same with those that prefer a GPU settled: with one if named, else without. */
    Slots settled(Set<String> onGpu) {
        return new Slots(
                pipeline,
                groups.stream()
                        .map(group -> group.settled(onGpu.contains(group.name())))
                        .toList());
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
    public record Resources(double cpu, long heapBytes, long offHeapBytes, long managedBytes, Gpu gpu) {

        /** The same with another word about the GPU. */
        Resources with(Gpu other) {
            return new Resources(cpu, heapBytes, offHeapBytes, managedBytes, other);
        }
    }

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
