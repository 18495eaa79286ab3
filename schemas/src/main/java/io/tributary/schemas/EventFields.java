package io.tributary.schemas;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.FeatureSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a spec reads of an event's record: its id, its time, one a feature, and those that not every spec has.
 *
 * @param names dotted names, in that order
 * @param segment the index of the segment's; −1 if there is none
 * @param key the index of the sequences' key; −1 if there is none
 */
record EventFields(List<String> names, int segment, int key) {

    static final int ID = 0;
    static final int TIME = 1;
    private static final int FIRST_FEATURE = 2;

    static EventFields of(EnsembleSpec spec) {
        List<String> names =
                new ArrayList<>(List.of(spec.events().id(), spec.events().time()));
        for (FeatureSpec feature : spec.features().features()) {
            names.add(feature.field());
        }
        int segment = add(spec.events().segment(), names);
        int key = add(spec.features().sequenceKey(), names);
        return new EventFields(List.copyOf(names), segment, key);
    }

    private static int add(@Nullable String name, List<String> names) {
        if (name == null) {
            return -1;
        }
        names.add(name);
        return names.size() - 1;
    }

    /** The index of a feature's field. */
    static int feature(int i) {
        return FIRST_FEATURE + i;
    }
}
