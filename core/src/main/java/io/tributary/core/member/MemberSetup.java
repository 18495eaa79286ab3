package io.tributary.core.member;

import io.tributary.core.spec.MemberSpec;
import java.util.List;

/**
 * What a member is opened for.
 *
 * @param columns names of all columns of the batches it will be given, in order
 * @param maxBatch the most rows it will be given at once, from 1
 * @param width how many numbers a score is: the number of classes if there are several, else 1
 * @param device where it is to compute
 * @param ensemble whose member it is; empty if of none
 */
public record MemberSetup(List<String> columns, int maxBatch, int width, Device device, String ensemble) {

    /** On the CPU, for no ensemble. */
    public MemberSetup(List<String> columns, int maxBatch, int width) {
        this(columns, maxBatch, width, Device.CPU, "");
    }

    /** The same on another device. */
    public MemberSetup on(Device other) {
        return new MemberSetup(columns, maxBatch, width, other, ensemble);
    }

    /** The same for a member of an ensemble. */
    public MemberSetup of(String owner) {
        return new MemberSetup(columns, maxBatch, width, device, owner);
    }

    /** What tells a member from those of other ensembles, and is the same in all versions of its spec. */
    public String nameOf(MemberSpec member) {
        return ensemble.isEmpty() ? member.name() : ensemble + "/" + member.name();
    }
}
