package io.tributary.benchmarks.process;

import java.io.Serializable;

/**
 * Something to do in a child JVM, sent there with all that it needs. What shall last from one task to the next is kept
 * in a static field.
 *
 * @param <R> what it answers
 */
public interface ChildTask<R extends Serializable> extends Serializable {

    /** Does it; runs in the child. */
    R call() throws Exception;
}
