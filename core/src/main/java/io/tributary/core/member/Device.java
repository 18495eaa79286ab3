package io.tributary.core.member;

/**
 * Where a member computes.
 *
 * @param gpu the index of a GPU of its process, from 0; below 0 for the CPU
 */
public record Device(int gpu) {

    /** No GPU. */
    public static final Device CPU = new Device(-1);

    /** Whether it is a GPU. */
    public boolean isGpu() {
        return gpu >= 0;
    }

    /** As people say it. */
    @Override
    public String toString() {
        return isGpu() ? "GPU " + gpu : "the CPU";
    }
}
