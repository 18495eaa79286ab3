package io.tributary.app.plane;

import io.tributary.app.UserError;
import io.tributary.core.control.Control;
import io.tributary.core.control.Publication;
import io.tributary.core.control.Publications;
import io.tributary.core.control.RollCall;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.scoring.ControlTopic;
import io.tributary.scoring.ScoringJob;
import io.tributary.scoring.SpecBundle;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a new version of a spec: sends it to every subtask of the scoring plane with the files that it names, waits
 * until all have loaded it beside the version that scores, and commits it; or refuses it, and nothing changes.
 */
public final class Publisher implements AutoCloseable {

    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final Duration TIME_TO_READ_BACK = Duration.ofSeconds(30);
    private static final int PART_BYTES = 1 << 19;
    private static final int MOST_BYTES = 1 << 28;

    private final EnsembleSpec spec;
    private final ControlTopic control;
    private final Publications publications;
    private final Set<String> keys = new LinkedHashSet<>();
    private final String id = UUID.randomUUID().toString();

    /** Reads what was published before; the control topic exists. */
    public Publisher(EnsembleSpec spec) {
        this.spec = spec;
        this.control = new ControlTopic(spec);
        this.publications = new Publications(spec.ensemble());
        control.readToEnd(this::take);
    }

    private Publications.Change take(Control said) {
        if (said.ensemble().equals(spec.ensemble())) {
            keys.add(said.key());
        }
        return publications.take(said);
    }

    /**
     * Publishes.
     *
     * @param patience how long the scoring plane may take to load it
     * @param progress told of who has loaded it
     * @throws UserError if it is refused; the version that scored before goes on
     */
    public void publish(Duration patience, Consumer<String> progress) {
        Publication committed = publications.committed();
        if (committed != null && committed.version() >= spec.version()) {
            throw new UserError("version " + spec.version() + " of " + spec.ensemble() + " in " + spec.file()
                    + " cannot take the place of version " + committed.version()
                    + ", which was published before; raise version in the spec");
        }
        byte[] pack = pack();
        Thread interrupted = new Thread(() -> say("its publication was interrupted"), "refuse-publication");
        Runtime.getRuntime().addShutdownHook(interrupted);
        String problem;
        try {
            send(pack);
            problem = awaitAll(patience, progress);
        } catch (RuntimeException e) {
            problem = "the publisher failed: " + e.getMessage();
        }
        if (!forget(interrupted)) {
            throw new UserError("the publication was interrupted");
        }
        decide(problem);
        if (problem != null) {
            throw new UserError("version " + spec.version() + " of " + spec.ensemble()
                    + " is refused, and the version before goes on: " + problem);
        }
        forgetFormer();
    }

    private byte[] pack() {
        try {
            byte[] pack = SpecBundle.pack(spec);
            if (pack.length > MOST_BYTES) {
                throw new UserError("the spec " + spec.file() + " and its files are " + (pack.length >> 20)
                        + " MiB, at most " + (MOST_BYTES >> 20)
                        + " MiB go through the control topic; stop the job and submit it anew instead");
            }
            return pack;
        } catch (IOException e) {
            throw new UserError("cannot pack the files of " + spec.file() + ": " + e, e);
        }
    }

    private void send(byte[] pack) {
        int parts = (pack.length + PART_BYTES - 1) / PART_BYTES;
        for (int part = 0; part < parts; part++) {
            int from = part * PART_BYTES;
            control.say(Control.bundle(
                    spec.ensemble(),
                    id,
                    spec.version(),
                    System.currentTimeMillis(),
                    part,
                    parts,
                    Arrays.copyOfRange(pack, from, Math.min(pack.length, from + PART_BYTES))));
        }
        control.flush();
    }

    /** Why it must be refused; null once everybody has loaded it. */
    private @Nullable String awaitAll(Duration patience, Consumer<String> progress) {
        RollCall roll = new RollCall(id, ScoringJob.followers(spec));
        String told = "";
        long deadline = System.nanoTime() + patience.toNanos();
        while (!roll.isComplete()) {
            for (Control said : control.read(GLANCE)) {
                take(said);
                roll.take(said);
                if (said.kind() == Control.Kind.BUNDLE && !said.publication().equals(id)) {
                    return "somebody else publishes version " + said.version() + " at the same time";
                }
            }
            if (roll.problem() != null) {
                return roll.problem();
            }
            if (!roll.progress().equals(told)) {
                told = roll.progress();
                progress.accept(told);
            }
            if (System.nanoTime() > deadline) {
                return "not every subtask of the scoring plane has loaded it within " + patience.toSeconds() + " s ("
                        + roll.progress() + "); does it run, with the slots that the spec has?";
            }
        }
        return null;
    }

    /** Whether the JVM is not about to end. */
    private static boolean forget(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void say(@Nullable String problem) {
        control.say(Control.decision(spec.ensemble(), id, spec.version(), System.currentTimeMillis(), problem));
        control.flush();
    }

    /** Decides, and reads back what became of that: somebody else may have been faster. */
    private void decide(@Nullable String problem) {
        try {
            say(problem);
        } catch (KafkaException e) {
            throw new UserError(
                    "whether version " + spec.version() + " of " + spec.ensemble() + " scores is not known: "
                            + e.getMessage() + "; publish it again once the broker is well",
                    e);
        }
        long deadline = System.nanoTime() + TIME_TO_READ_BACK.toNanos();
        while (System.nanoTime() < deadline) {
            for (Control said : control.read(GLANCE)) {
                Publications.Change change = take(said);
                boolean isOurs = said.publication().equals(id)
                        && (said.kind() == Control.Kind.COMMITTED || said.kind() == Control.Kind.REFUSED);
                if (isOurs && problem == null && change != Publications.Change.COMMITTED) {
                    throw new UserError("version " + spec.version() + " of " + spec.ensemble()
                            + " does not score: somebody else published another version at the same time");
                }
                if (isOurs) {
                    if (problem != null) {
                        takeBack("/" + id + "/bundle/");
                    }
                    return;
                }
            }
        }
        throw new UserError("whether version " + spec.version() + " of " + spec.ensemble()
                + " scores is not known: what was decided does not come back from topic "
                + spec.topics().control());
    }

    /** What scored before the version before can be asked for by nobody any more. */
    private void forgetFormer() {
        Publication previous = publications.previous();
        for (String key : keys) {
            boolean isKept =
                    key.contains("/" + id + "/") || (previous != null && key.contains("/" + previous.id() + "/"));
            if (!isKept) {
                control.takeBack(key);
            }
        }
        control.flush();
    }

    private void takeBack(String within) {
        keys.stream().filter(key -> key.contains(within)).forEach(control::takeBack);
    }

    @Override
    public void close() {
        control.close();
    }
}
