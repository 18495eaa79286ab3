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

    /** Whether its members are to run on a GPU, if need be only where there is one. */
    public boolean wantsGpu() {
        return resources != null && resources.gpu() != Slots.Gpu.NONE;
    }
}
