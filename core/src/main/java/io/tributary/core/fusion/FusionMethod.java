package io.tributary.core.fusion;

import java.util.Arrays;
import java.util.List;

/** What is done with the members' scores. */
public enum FusionMethod {
    /** The weighted mean of the scores: the linear opinion pool. */
    MEAN("mean", Link.IDENTITY),
    /** The weighted mean of the scores' log-odds: the logarithmic opinion pool. */
    LOG_ODDS("log-odds", Link.LOGIT);

    private final String label;
    private final Link link;

    FusionMethod(String label, Link link) {
        this.label = label;
        this.link = link;
    }

    /** The method as specs and records name it. */
    public String label() {
        return label;
    }

    /** The scale on which it averages. */
    public Link link() {
        return link;
    }

    /** All labels. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(FusionMethod::label).toList();
    }

    /**
     * The method with the given label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static FusionMethod of(String label) {
        for (FusionMethod method : values()) {
            if (method.label.equals(label)) {
                return method;
            }
        }
        throw new IllegalArgumentException(
                "there is no fusion '" + label + "'; known are " + String.join(", ", labels()));
    }
}
