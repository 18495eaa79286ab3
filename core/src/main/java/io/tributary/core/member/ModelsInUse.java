package io.tributary.core.member;

/**
 * What members of this process have loaded.
 *
 * @param models how many models, each counted once
 * @param members how many open members use them
 * @param threads how many threads they may compute with
 */
public record ModelsInUse(int models, int members, int threads) {

    /** Nothing. */
    public static final ModelsInUse NONE = new ModelsInUse(0, 0, 0);

    /** Both together. */
    public ModelsInUse plus(ModelsInUse other) {
        return new ModelsInUse(models + other.models, members + other.members, threads + other.threads);
    }
}
