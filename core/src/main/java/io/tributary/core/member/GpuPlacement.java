package io.tributary.core.member;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which GPU each open member of this process computes on. Whoever asks is offered the same GPUs as all others, so they
 * are spread here: a model goes where it is already, that its members may share it, and else to the GPU with the fewest
 * members.
 */
final class GpuPlacement {

    /** The one of this process. */
    static final GpuPlacement PROCESS = new GpuPlacement();

    private final Map<Place, Integer> members = new HashMap<>();

    /** A model on a device. */
    record Place(String model, Device device) {}

    /**
     * Takes a place for a member.
     *
     * @param model what tells its model from others
     * @param offered indices of GPUs, at least one
     */
    synchronized Place take(String model, Collection<Integer> offered) {
        Place place = placeOf(model, offered);
        if (place == null) {
            int gpu = offered.stream()
                    .min(Comparator.comparingInt(this::membersOn).thenComparing(Comparator.naturalOrder()))
                    .orElseThrow();
            place = new Place(model, new Device(gpu));
        }
        members.merge(place, 1, Integer::sum);
        return place;
    }

    /** Gives back what {@link #take} returned. */
    synchronized void giveBack(Place place) {
        members.computeIfPresent(place, (same, count) -> count == 1 ? null : count - 1);
    }

    private @Nullable Place placeOf(String model, Collection<Integer> offered) {
        for (Place place : members.keySet()) {
            if (place.model().equals(model) && offered.contains(place.device().gpu())) {
                return place;
            }
        }
        return null;
    }

    private int membersOn(int gpu) {
        return members.entrySet().stream()
                .filter(each -> each.getKey().device().gpu() == gpu)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
