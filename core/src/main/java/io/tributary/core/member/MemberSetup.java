package io.tributary.core.member;

import java.util.List;

/**
 * What a member is opened for.
 *
 * @param columns names of all columns of the batches it will be given, in order
 * @param maxBatch the most rows it will be given at once, from 1
 * @param width how many numbers a score is: the number of classes if there are several, else 1
 * @param device where it is to compute
 */
public record MemberSetup(List<String> columns, int maxBatch, int width, Device device) {

    /** On the CPU. */
    public MemberSetup(List<String> columns, int maxBatch, int width) {
        this(columns, maxBatch, width, Device.CPU);
    }

    /** The same on another device. */
    public MemberSetup on(Device other) {
        return new MemberSetup(columns, maxBatch, width, other);
    }
}
