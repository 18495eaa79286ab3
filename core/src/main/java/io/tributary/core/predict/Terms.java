package io.tributary.core.predict;

import io.tributary.core.Prediction;

/**
 * What the predictions of a segment have in common between two versions of the weights. All of them share one, and two are
 * the same only if they are one object, so that what has been made of it can be kept beside it.
 */
public final class Terms {

    private final String ensemble;
    private final String[] members;
    private final String[] classes;
    private final byte[][] checksums;
    private final Prediction.Recipe recipe;
    private final int specVersion;
    private final long weightsVersion;

    /** Takes what {@link Prediction} says of each. */
    Terms(
            String ensemble,
            String[] members,
            String[] classes,
            byte[][] checksums,
            Prediction.Recipe recipe,
            int specVersion,
            long weightsVersion) {
        this.ensemble = ensemble;
        this.members = members;
        this.classes = classes;
        this.checksums = checksums;
        this.recipe = recipe;
        this.specVersion = specVersion;
        this.weightsVersion = weightsVersion;
    }

    /** Those of one prediction. */
    static Terms of(Prediction prediction) {
        return new Terms(
                prediction.ensemble(),
                prediction.members(),
                prediction.classes(),
                prediction.checksums(),
                prediction.recipe(),
                prediction.specVersion(),
                prediction.weightsVersion());
    }

    /** The same of another version of the weights. */
    Terms with(Prediction.Recipe otherRecipe, long otherVersion) {
        return new Terms(ensemble, members, classes, checksums, otherRecipe, specVersion, otherVersion);
    }

    /** Who predicts. */
    public String ensemble() {
        return ensemble;
    }

    /** The members' names. */
    public String[] members() {
        return members;
    }

    /** The classes' names; empty unless there are several. */
    public String[] classes() {
        return classes;
    }

    /** The SHA-256 of each member's model file; empty where unknown. */
    public byte[][] checksums() {
        return checksums;
    }

    /** What makes the fused score of the scores and weights. */
    public Prediction.Recipe recipe() {
        return recipe;
    }

    /** The version of the spec. */
    public int specVersion() {
        return specVersion;
    }

    /** The version of the weights of all traffic. */
    public long weightsVersion() {
        return weightsVersion;
    }
}
