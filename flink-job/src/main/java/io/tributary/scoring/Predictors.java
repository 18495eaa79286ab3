package io.tributary.scoring;

import io.tributary.core.Weights;
import io.tributary.core.predict.Predictor;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.FittedWeights;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A predictor for each version of the spec that may still score, all with the newest weights. Used by the task's thread
 * alone.
 */
final class Predictors {

    private static final String ALL = "";

    private final Map<String, Weights> newest = new HashMap<>();
    private final TreeMap<Integer, Predictor> byVersion = new TreeMap<>();

    /** Takes weights for all versions. */
    void use(Weights weights) {
        String segment = weights.segment() == null ? ALL : weights.segment();
        if (weights.isForgotten()) {
            newest.remove(segment);
        } else {
            newest.merge(segment, weights, (old, each) -> each.version() < old.version() ? old : each);
        }
        byVersion.values().forEach(predictor -> predictor.use(weights));
    }

    /** Makes the predictor of a version: with its initial weights, and then with those that were published. */
    Predictor add(EnsembleSpec spec) {
        Predictor predictor = new Predictor(spec);
        if (spec.initialWeights() != null) {
            FittedWeights.read(spec.initialWeights()).weights().forEach(predictor::use);
        }
        Weights all = newest.get(ALL);
        if (all != null) {
            predictor.use(all);
        }
        newest.values().stream().filter(each -> each.segment() != null).forEach(predictor::use);
        byVersion.put(spec.version(), predictor);
        return predictor;
    }

    /** The predictor of a version; null if it is not known. */
    @Nullable
    Predictor of(int version) {
        return byVersion.get(version);
    }

    /** Forgets all versions before the given one. */
    void forgetBefore(int version) {
        byVersion.headMap(version).clear();
    }
}
