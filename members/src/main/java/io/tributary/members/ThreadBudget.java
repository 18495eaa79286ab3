package io.tributary.members;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that models may compute with: as many as the process has processors, over all models that it has loaded.
 * A model never gets less than one, so many models are more threads than processors all the same.
 */
final class ThreadBudget {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadBudget.class);

    /** The one of this process. */
    static final ThreadBudget PROCESS = new ThreadBudget(Runtime.getRuntime().availableProcessors());

    private final int total;
    private int granted;

    ThreadBudget(int total) {
        this.total = total;
    }

    /**
     * Takes threads for a model, fewer than it asks for where not as many are left.
     *
     * @param model what the warning about that calls it
     * @return from 1 to {@code asked}
     */
    synchronized int take(String model, int asked) {
        int given = Math.max(1, Math.min(asked, total - granted));
        if (given < asked) {
            LOG.warn(
                    "{} asks for {} threads and gets {}: other models of this process have {} of its {}",
                    model,
                    asked,
                    given,
                    granted,
                    total);
        }
        granted += given;
        return given;
    }

    /** Gives back as many as {@link #take} returned. */
    synchronized void giveBack(int threads) {
        granted -= threads;
    }

    /** How many threads models have now. */
    synchronized int granted() {
        return granted;
    }
}
