package io.tributary.members;

import io.tributary.core.member.Device;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that models may compute with: as many as the process has processors, over all models that it has loaded.
 * A model never gets less than one, so many models are more threads than processors all the same. A model that is loaded
 * to replace another one, while that still computes, takes that one's place: of an owner's grants only the largest counts.
 */
final class ThreadBudget {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadBudget.class);

    /** The one of this process. */
    static final ThreadBudget PROCESS = new ThreadBudget(Runtime.getRuntime().availableProcessors());

    private final int total;
    private final List<Grant> grants = new ArrayList<>();

    ThreadBudget(int total) {
        this.total = total;
    }

    /** Whose models one another replace: a member, by its whole name, on a device. */
    record Owner(String member, Device device) {}

    /** Threads that a model may compute with until they are given back. */
    static final class Grant {
        private final Owner owner;
        private final int threads;

        private Grant(Owner owner, int threads) {
            this.owner = owner;
            this.threads = threads;
        }

        /** How many, from 1. */
        int threads() {
            return threads;
        }
    }

    /**
     * Takes threads for a model, fewer than it asks for where not as many are left.
     *
     * @return from 1 to {@code asked}
     */
    synchronized Grant take(Owner owner, int asked) {
        int others = granted(each -> !each.owner.equals(owner));
        int given = Math.max(1, Math.min(asked, total - others));
        if (given < asked) {
            LOG.warn(
                    "member {} asks for {} threads and gets {}: other models of this process have {} of its {}",
                    owner.member(),
                    asked,
                    given,
                    others,
                    total);
        }
        Grant grant = new Grant(owner, given);
        grants.add(grant);
        return grant;
    }

    /** Gives back what {@link #take} returned. */
    synchronized void giveBack(Grant grant) {
        grants.remove(grant);
    }

    /** How many threads are taken now. */
    synchronized int granted() {
        return granted(each -> true);
    }

    private int granted(Predicate<Grant> counted) {
        Map<Owner, Integer> largest = new HashMap<>();
        grants.stream().filter(counted).forEach(each -> largest.merge(each.owner, each.threads, Math::max));
        return largest.values().stream().mapToInt(Integer::intValue).sum();
    }
}
