package io.tributary.scoring;

import io.tributary.core.control.Control;
import io.tributary.core.control.Publication;
import io.tributary.core.control.Publications;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecChange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of the spec as one subtask sees them: the one to begin with, and then, on a thread of its own, those that are
 * published while it runs. Each is loaded beside the one in use, answered for, and used or dropped as the publisher
 * decides.
 */
final class Versions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Versions.class);
    private static final Duration GLANCE = Duration.ofMillis(500);
    private static final Duration TIME_TO_LOAD = Duration.ofSeconds(60);
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(2);

    private final EnsembleSpec shipped;
    private final ControlLog log;
    private final Publications publications;
    private final Speaker speaker;
    private EnsembleSpec current;
    private @Nullable EnsembleSpec loaded;
    private @Nullable Thread thread;
    private volatile boolean open = true;
    private volatile @Nullable Throwable broken;

    /**
     * Who answers.
     *
     * @param operator the operator's uid
     * @param subtask from 0
     * @param subtasks how many there are
     */
    record Speaker(String operator, int subtask, int subtasks) {}

    /** What a subtask does about versions, called on the thread of {@link #follow}. */
    interface Follower {

        /**
         * Loads a version beside the one in use.
         *
         * @throws Exception if it cannot; the message is for whoever published it
         */
        void load(EnsembleSpec next) throws Exception;

        /** From now on a version that was loaded scores. */
        void use(EnsembleSpec next);

        /** Gives up a version that was loaded and does not score. */
        void drop(EnsembleSpec next);
    }

    /**
     * Reads what has been said so far.
     *
     * @param shipped the version that the job was started with
     */
    Versions(EnsembleSpec shipped, ControlLog log, Speaker speaker) {
        this.shipped = shipped;
        this.log = log;
        this.speaker = speaker;
        this.publications = new Publications(shipped.ensemble());
        try {
            log.readToEnd(publications::take);
            this.current = newest();
        } catch (RuntimeException | Error e) {
            log.close();
            throw e;
        }
    }

    private EnsembleSpec newest() {
        Publication committed = publications.committed();
        if (committed == null || committed.version() <= shipped.version()) {
            return shipped;
        }
        EnsembleSpec published = unpacked(committed);
        List<String> problems = SpecChange.problems(shipped, published);
        if (!problems.isEmpty()) {
            throw new SuppressRestartsException(new IllegalStateException("the job was started with version "
                    + shipped.version() + " of " + shipped.ensemble() + ", and version " + published.version()
                    + " was published since, which does not fit it: " + String.join("; ", problems)
                    + "; start the job with that version or a later one"));
        }
        return published;
    }

    /** The version to begin with: the newer of the one that was shipped and the one that was committed last. */
    EnsembleSpec first() {
        return current;
    }

    /** The version that scored before that; null if that was the first. */
    @Nullable
    EnsembleSpec beforeFirst() {
        if (current == shipped) {
            return null;
        }
        Publication previous = publications.previous();
        return previous != null && previous.version() > shipped.version() ? unpacked(previous) : shipped;
    }

    private EnsembleSpec unpacked(Publication publication) {
        try {
            return SpecBundle.unpack(publication.bundle())
                    .at(shipped.kafka(), shipped.registry())
                    .onGpu(shipped.slots().onGpu());
        } catch (IOException e) {
            throw new IllegalStateException(
                    "version " + publication.version() + " of " + shipped.ensemble() + ", which was published as "
                            + publication.id() + ", cannot be unpacked (" + e.getMessage() + "); publish it again",
                    e);
        }
    }

    /** Follows what is said from now on. */
    void follow(Follower follower) {
        Thread following = new Thread(
                () -> {
                    try {
                        followLog(follower);
                    } catch (RuntimeException | Error e) {
                        broken = e;
                    } finally {
                        log.close();
                    }
                },
                "versions-" + shipped.ensemble() + "-" + speaker.operator() + "-" + speaker.subtask());
        following.setDaemon(true);
        thread = following;
        following.start();
    }

    /**
     * Called before each event.
     *
     * @throws IllegalStateException if new versions cannot be followed any more
     */
    void requireFollowed() {
        if (broken != null) {
            throw new IllegalStateException(
                    "new versions of " + shipped.ensemble() + " cannot be followed any more", broken);
        }
    }

    /**
     * Waits for a version that is to score and is still being loaded, as after a restart in the middle of a publication.
     *
     * @param loaded what was loaded of it; null while it was not
     * @throws IllegalStateException if it takes too long, or versions cannot be followed any more
     */
    <T> T awaitLoaded(int version, Supplier<@Nullable T> loaded) throws InterruptedException {
        long deadline = System.nanoTime() + TIME_TO_LOAD.toNanos();
        while (true) {
            T found = loaded.get();
            if (found != null) {
                return found;
            }
            requireFollowed();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("version " + version + " of " + shipped.ensemble()
                        + " is to score, and is not loaded after " + TIME_TO_LOAD.toSeconds()
                        + " s; the task starts again to load it");
            }
            Thread.sleep(10);
        }
    }

    private void followLog(Follower follower) {
        if (publications.waiting() != null) {
            propose(publications.waiting(), follower);
        }
        publications.release();
        while (open) {
            for (Control said : log.read(GLANCE)) {
                switch (publications.take(said)) {
                    case PROPOSED -> {
                        propose(publications.waiting(), follower);
                        publications.release();
                    }
                    case COMMITTED -> commit(publications.committed(), follower);
                    case REFUSED -> drop(follower);
                    case NONE -> {}
                }
            }
        }
    }

    private void propose(@Nullable Publication publication, Follower follower) {
        if (publication == null || !open) {
            return;
        }
        drop(follower);
        String problem = null;
        try {
            EnsembleSpec next = unpacked(publication);
            List<String> problems = SpecChange.problems(current, next);
            if (problems.isEmpty()) {
                follower.load(next);
                loaded = next;
                if (!open) {
                    drop(follower);
                }
            } else {
                problem = String.join("; ", problems);
            }
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            problem = e instanceof OutOfMemoryError ? e.toString() : String.valueOf(e.getMessage());
            LOG.warn("version {} of {} cannot be loaded", publication.version(), shipped.ensemble(), e);
        }
        log.say(Control.answer(
                shipped.ensemble(),
                publication,
                System.currentTimeMillis(),
                speaker.operator(),
                speaker.subtask(),
                speaker.subtasks(),
                problem));
    }

    private void commit(@Nullable Publication publication, Follower follower) {
        if (publication == null || publication.version() <= current.version()) {
            return;
        }
        EnsembleSpec next = loaded;
        if (next == null || next.version() != publication.version()) {
            throw new IllegalStateException("version " + publication.version() + " of " + shipped.ensemble()
                    + " was committed, though this subtask has not loaded it; it starts again to do so");
        }
        follower.use(next);
        current = next;
        loaded = null;
    }

    private void drop(Follower follower) {
        if (loaded != null) {
            follower.drop(loaded);
            loaded = null;
        }
    }

    @Override
    public void close() {
        open = false;
        Thread following = thread;
        if (following == null) {
            log.close();
            return;
        }
        log.wakeUp();
        try {
            following.join(TIME_TO_STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
