package io.tributary.core.control;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the control topic says of an ensemble, record after record: which version is committed, which was before it, and
 * which waits for a decision. A publication that comes while another waits takes its place.
 */
public final class Publications {

    private final String ensemble;
    private final Map<String, byte[][]> parts = new HashMap<>();
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
        byte[][] gathered = parts.computeIfAbsent(said.publication(), id -> new byte[said.parts()][]);
        if (gathered.length != said.parts()) {
            return Change.NONE;
        }
        gathered[said.part()] = said.content();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] each : gathered) {
            if (each == null) {
                return Change.NONE;
            }
            whole.writeBytes(each);
        }
        parts.remove(said.publication());
        waiting = new Publication(said.publication(), said.version(), whole.toByteArray());
        return Change.PROPOSED;
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
        parts.remove(id);
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
}
