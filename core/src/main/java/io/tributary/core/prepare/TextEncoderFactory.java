package io.tributary.core.prepare;

import io.tributary.core.spec.FeatureSpec;

/** Opens tokenizers. Implementations are found through {@link java.util.ServiceLoader}. */
public interface TextEncoderFactory {

    /**
     * Loads a feature's tokenizer.
     *
     * @param feature its file exists and has the stated checksum
     * @throws PreparationException if the file is no tokenizer, or does not say what the feature needs
     */
    TextEncoder open(FeatureSpec.Tokens feature);
}
