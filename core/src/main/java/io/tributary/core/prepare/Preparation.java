package io.tributary.core.prepare;

import io.tributary.core.spec.FeaturePlan;
import io.tributary.core.spec.FeatureSpec;
import io.tributary.core.spec.NumberSteps;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Fills rows as a spec's features say, with the tokenizers that some of them have. Not for several threads. */
public final class Preparation implements AutoCloseable {

    private final FeatureSpec[] features;
    private final int[] at;
    private final @Nullable TextEncoder[] encoders;
    private final int width;

    private Preparation(FeaturePlan plan) {
        this.features = plan.features().toArray(FeatureSpec[]::new);
        this.at = new int[features.length];
        this.encoders = new TextEncoder[features.length];
        this.width = plan.width();
        for (int i = 1; i < features.length; i++) {
            at[i] = at[i - 1] + features[i - 1].width();
        }
    }

    /**
     * Opens what the features need.
     *
     * @throws PreparationException if a tokenizer cannot be opened
     */
    public static Preparation open(FeaturePlan plan, TextEncoderLoader loader) {
        Preparation preparation = new Preparation(plan);
        try {
            for (int i = 0; i < preparation.features.length; i++) {
                if (preparation.features[i] instanceof FeatureSpec.Tokens tokens) {
                    preparation.encoders[i] = loader.open(tokens);
                }
            }
            return preparation;
        } catch (RuntimeException e) {
            preparation.close();
            throw e;
        }
    }

    /** A row that no feature has filled yet. */
    public float[] row() {
        return new float[width];
    }

    /** How many features it fills. */
    public int features() {
        return features.length;
    }

    /** The one column of a feature that is a number as the record has it, rounded; −1 for one that needs more. */
    public int plainColumn(int i) {
        return features[i] instanceof FeatureSpec.Numeric numeric
                        && numeric.steps().equals(NumberSteps.NONE)
                ? at[i]
                : -1;
    }

    /** Fills the columns of the i-th feature, which is no text; NaN where missing. */
    public void fill(int i, double value, float[] row) {
        features[i].fill(value, row, at[i]);
    }

    /** Fills the columns of the i-th feature, which is a text; null where missing. */
    public void fill(int i, @Nullable String value, float[] row) {
        TextEncoder encoder = encoders[i];
        if (encoder == null) {
            features[i].fill(value, row, at[i]);
            return;
        }
        String known = value == null ? ((FeatureSpec.Tokens) features[i]).missing() : value;
        if (known == null) {
            Arrays.fill(row, at[i], at[i] + features[i].width(), Float.NaN);
        } else {
            encoder.encode(known, row, at[i]);
        }
    }

    @Override
    public void close() {
        for (TextEncoder encoder : encoders) {
            if (encoder != null) {
                encoder.close();
            }
        }
    }
}
