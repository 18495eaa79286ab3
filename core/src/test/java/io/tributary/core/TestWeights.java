package io.tributary.core;

import io.tributary.core.fusion.Fusion;
import io.tributary.core.fusion.FusionMethod;
import org.jspecify.annotations.Nullable;

/** Weights of one candidate, for tests. */
public final class TestWeights {

    private TestWeights() {}

    /** Weights of the ensemble {@code test} by learner {@code boa}, given by their logarithms. */
    public static Weights of(
            @Nullable String segment, long version, String method, String[] members, double[] logWeights) {
        Fusion fusion = new Fusion(FusionMethod.of(method), logWeights, new double[1]);
        return new Weights(
                "test",
                segment,
                4,
                version,
                version,
                "boa",
                members,
                new String[0],
                new Weights.Candidate[] {new Weights.Candidate("boa", fusion)},
                0,
                null,
                null,
                0);
    }
}
