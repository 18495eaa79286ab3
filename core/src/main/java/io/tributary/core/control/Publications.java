package io.tributary.core.control;

import org.jspecify.annotations.Nullable;

/**
 * What the control topic says of an ensemble, record after record: which version is committed, which was before it, and
 * which waits for a decision. A publication that comes while another waits takes its place.
 */
public final class Publications {

    private static final byte[] NOTHING = {};

    private final String ensemble;
    private @Nullable Partial partial;
    private @Nullable Publication waiting;
    private @Nullable Publication committed;
    private @Nullable Publication previous;

    /** Nothing was said yet. */
    public Publications(String ensemble) {
        this.ensemble = ensemble;
    }

    /** What a record has changed. */
    public enum Change {
        /** Nothing that concerns scoring. */
        NONE,
        /** There is a new publication that {@link #waiting}s. */
        PROPOSED,
        /** The one that waited is {@link #committed} now. */
        COMMITTED,
        /** The one that waited is none any more. */
        REFUSED
    }

    /** Takes the next record; one of another ensemble changes nothing. */
    public Change take(Control said) {
        if (!said.ensemble().equals(ensemble)) {
            return Change.NONE;
        }
        return switch (said.kind()) {
            case BUNDLE -> part(said);
            case COMMITTED -> commit(said.publication());
            case REFUSED -> refuse(said.publication());
            case READY, UNABLE, UNKNOWN -> Change.NONE;
        };
    }

    private Change part(Control said) {
        if (said.parts() < 1 || said.part() < 0 || said.part() >= said.parts()) {
            return Change.NONE;
        }
        if (partial == null || !partial.id.equals(said.publication())) {
            // Whatever was sent in part before will not be completed.
            partial = new Partial(said.publication(), said.parts());
        }
        if (!partial.put(said)) {
            return Change.NONE;
        }
        waiting = new Publication(said.publication(), said.version(), partial.whole());
        partial = null;
        return Change.PROPOSED;
    }

    /** A publication of which not all parts are there. */
    private static final class Partial {
        private final String id;
        private final byte[][] parts;
        private int absent;

        Partial(String id, int parts) {
            this.id = id;
            this.parts = new byte[parts][];
            this.absent = parts;
        }

        /** Takes a part; says whether that was the last. */
        boolean put(Control said) {
            if (said.parts() != parts.length || parts[said.part()] != null) {
                return false;
            }
            parts[said.part()] = said.content();
            absent--;
            return absent == 0;
        }

        byte[] whole() {
            int length = 0;
            for (byte[] part : parts) {
                length += part.length;
            }
            byte[] whole = new byte[length];
            int at = 0;
            for (byte[] part : parts) {
                System.arraycopy(part, 0, whole, at, part.length);
                at += part.length;
            }
            return whole;
        }
    }

    private Change commit(String id) {
        if (waiting == null || !waiting.id().equals(id)) {
            return Change.NONE;
        }
        previous = committed;
        committed = waiting;
        waiting = null;
        return Change.COMMITTED;
    }

    private Change refuse(String id) {
        if (waiting == null || !waiting.id().equals(id)) {
            return Change.NONE;
        }
        waiting = null;
        return Change.REFUSED;
    }

    /** The publication that waits for a decision; null if none does. */
    public @Nullable Publication waiting() {
        return waiting;
    }

    /** The publication that scores; null if there was none. */
    public @Nullable Publication committed() {
        return committed;
    }

    /** The publication that scored before {@link #committed}; null if there was none. */
    public @Nullable Publication previous() {
        return previous;
    }

    /** Lets go of what the publications hold, once it has been unpacked: only ids and versions are kept. */
    public void release() {
        waiting = released(waiting);
        committed = released(committed);
        previous = released(previous);
    }

    private static @Nullable Publication released(@Nullable Publication publication) {
        return publication == null ? null : new Publication(publication.id(), publication.version(), NOTHING);
    }
}
