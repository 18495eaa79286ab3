package io.tributary.scoring;

import io.tributary.core.predict.Predictor;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SlotGroup;
import java.util.List;

/** How the events of one version of the spec are fused. */
record Fusing(EnsembleSpec spec, Predictor predictor, int[][] places, long waitMillis) {

    /** What a group's answer may take on its way here: a group lets go of a hung member just at the deadline. */
    private static final long TRANSIT_MILLIS = 10;

    static Fusing of(EnsembleSpec spec, Predictor predictor) {
        int[][] places = spec.slots().groups().stream()
                .map(group -> placesOf(group, spec.memberNames()))
                .toArray(int[][]::new);
        return new Fusing(spec, predictor, places, spec.deadline().toMillis() + TRANSIT_MILLIS);
    }

    private static int[] placesOf(SlotGroup group, List<String> members) {
        return group.members().stream().mapToInt(members::indexOf).toArray();
    }

    Gathering nothing() {
        return Gathering.nothing(spec.version(), spec.members().size(), spec.scoreWidth());
    }

    /** What is known of an event, by this version of the spec: what was said by an earlier one is of no use. */
    Gathering by(Gathering known) {
        return known.specVersion() == spec.version()
                ? known
                : known.by(spec.version(), spec.members().size(), spec.scoreWidth());
    }
}
