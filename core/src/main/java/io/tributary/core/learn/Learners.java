package io.tributary.core.learn;

import java.util.List;

/** The learners that a spec can name. */
public final class Learners {

    /** Their names. */
    public static final List<String> NAMES = List.of("boa", "hedge");

    private Learners() {}

    /**
     * The learner with the given name.
     *
     * @param eta the rate of learners that have one, above 0
     * @throws IllegalArgumentException if there is no such learner
     */
    public static WeightLearner named(String name, double eta) {
        return switch (name) {
            case "boa" -> new Boa();
            case "hedge" -> new Hedge(eta);
            default ->
                throw new IllegalArgumentException(
                        "there is no learner '" + name + "'; known are " + String.join(", ", NAMES));
        };
    }
}
