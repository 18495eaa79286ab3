package io.tributary.core.prepare;

import io.tributary.core.spec.FeatureSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Opens each feature's tokenizer once its file has been checked. */
public final class TextEncoderLoader {

    private final List<TextEncoderFactory> factories;

    /** A loader over given factories, of which the first is asked. */
    public TextEncoderLoader(List<TextEncoderFactory> factories) {
        this.factories = List.copyOf(factories);
    }

    /** A loader over all factories on the class path. */
    public static TextEncoderLoader discover() {
        List<TextEncoderFactory> found = new ArrayList<>();
        ServiceLoader.load(TextEncoderFactory.class, TextEncoderLoader.class.getClassLoader())
                .forEach(found::add);
        return new TextEncoderLoader(found);
    }

    /** What is wrong with a feature's tokenizer, which is opened to see; null if nothing is. */
    public @Nullable String check(FeatureSpec.Tokens feature) {
        try (TextEncoder opened = open(feature)) {
            opened.encode("", new float[feature.length()], 0);
            return null;
        } catch (PreparationException e) {
            return e.getMessage();
        }
    }

    /**
     * Opens a feature's tokenizer.
     *
     * @throws PreparationException if its file is absent or has another checksum, or cannot be used
     */
    public TextEncoder open(FeatureSpec.Tokens feature) {
        String problem = feature.tokenizer().problem("feature " + feature.name(), "tokenizer");
        if (problem != null) {
            throw new PreparationException(problem);
        }
        if (factories.isEmpty()) {
            throw new PreparationException("feature " + feature.name()
                    + " has a tokenizer, and nothing on the class path reads such files: add the jar that does");
        }
        return factories.get(0).open(feature);
    }
}
