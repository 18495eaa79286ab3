package io.tributary.core.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members that run together in one slot.
 *
 * @param name unique in the spec; operators and Flink's slot sharing groups are named after it
 * @param resources what its slot is given; null for whatever a slot has
 * @param members names of members, at least one, in the order of the spec's members
 */
public record SlotGroup(String name, Slots.@Nullable Resources resources, List<String> members) {

    /** Takes its own copy. */
    public SlotGroup {
        members = List.copyOf(members);
    }

    /** Whether its members run on a GPU. */
    public boolean needsGpu() {
        return resources != null && resources.gpu() == Slots.Gpu.REQUIRED;
    }

    /** Whether it is still open if its members run on a GPU: they do where there is one. */
    public boolean prefersGpu() {
        return resources != null && resources.gpu() == Slots.Gpu.PREFERRED;
    }

    /** The same, if it prefers a GPU, with that settled: with one or without. */
    SlotGroup settled(boolean onGpu) {
        return resources == null || !prefersGpu()
                ? this
                : new SlotGroup(name, resources.with(onGpu ? Slots.Gpu.REQUIRED : Slots.Gpu.NONE), members);
    }
}
