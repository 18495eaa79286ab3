package io.tributary.core.member;

import io.tributary.core.spec.MemberSpec;
import java.util.List;

/** Opens members of one kind. Implementations are found through {@link java.util.ServiceLoader}. */
public interface MemberFactory {

    /** The kinds it opens: a spec's key for the member's model, such as {@code onnx} or {@code rules}. */
    List<String> kinds();

    /**
     * What is wrong with a member, without loading its model: a rule that does not compile, say. Whether a model's file
     * is there and has the right checksum is checked by the caller.
     *
     * @param columns names of all columns of the batches it will be given, in order
     * @return one sentence a problem; empty if there is none
     */
    List<MemberProblem> check(MemberSpec member, List<String> columns);

    /** Whether members of a kind can compute on a GPU; they are opened for the CPU alone unless it says so. */
    default boolean usesGpu(String kind) {
        return false;
    }

    /** What members that were opened in this process, by whomever, have loaded. */
    default ModelsInUse inUse() {
        return ModelsInUse.NONE;
    }

    /**
     * Loads a member and warms it up.
     *
     * @param member what to open; its model file exists and has the stated checksum
     * @throws MemberException if the model cannot be loaded or refuses a batch of that many columns
     */
    Member open(MemberSpec member, MemberSetup setup);
}
