package io.tributary.core.spec;

/**
 * One thing wrong with a spec.
 *
 * @param file the spec's file, as the user named it
 * @param line where, from 1
 * @param message the key, its value and the rule it breaks, with the nearest right key for a misspelt one
 */
public record SpecProblem(String file, int line, String message) {

    /** As it is shown: {@code fraud.yaml:14: learning.eta is -1, must be above 0}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + message;
    }
}
