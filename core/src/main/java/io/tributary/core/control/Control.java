package io.tributary.core.control;

import org.jspecify.annotations.Nullable;

/**
 * One thing said on the control topic about a publication: a new version of a spec, with the files that it names. It is
 * sent in parts; each subtask of the scoring plane then says whether it has loaded it, and the publisher decides.
 *
 * @param ensemble whose spec it is
 * @param publication names the publication
 * @param kind what is said
 * @param version the spec's version
 * @param timeMillis when it was said, epoch milliseconds
 * @param part which part of the bundle this is, from 0; 0 for other kinds
 * @param parts how many there are; 0 for other kinds
 * @param content the part; empty for other kinds
 * @param operator who answers; null unless a subtask does
 * @param subtask its index, from 0; 0 unless a subtask answers
 * @param subtasks how many there are of that operator; 0 unless a subtask answers
 * @param problem why it cannot be loaded or was refused; null for other kinds
 */
public record Control(
        String ensemble,
        String publication,
        Kind kind,
        int version,
        long timeMillis,
        int part,
        int parts,
        byte[] content,
        @Nullable String operator,
        int subtask,
        int subtasks,
        @Nullable String problem) {

    private static final byte[] NOTHING = {};

    /** What is said. */
    public enum Kind {
        /** What only a later version of the contract knows; it changes nothing. */
        UNKNOWN,
        /** A part of the spec and its files. */
        BUNDLE,
        /** A subtask has loaded it and could go on with it. */
        READY,
        /** A subtask cannot load it. */
        UNABLE,
        /** From here on it scores. */
        COMMITTED,
        /** It will not. */
        REFUSED
    }

    /** A part of a publication. */
    public static Control bundle(
            String ensemble, String publication, int version, long timeMillis, int part, int parts, byte[] content) {
        return new Control(
                ensemble, publication, Kind.BUNDLE, version, timeMillis, part, parts, content, null, 0, 0, null);
    }

    /**
     * What a subtask says of a publication.
     *
     * @param problem why it cannot load it; null if it has
     */
    public static Control answer(
            String ensemble,
            Publication publication,
            long timeMillis,
            String operator,
            int subtask,
            int subtasks,
            @Nullable String problem) {
        return new Control(
                ensemble,
                publication.id(),
                problem == null ? Kind.READY : Kind.UNABLE,
                publication.version(),
                timeMillis,
                0,
                0,
                NOTHING,
                operator,
                subtask,
                subtasks,
                problem);
    }

    /**
     * What becomes of a publication.
     *
     * @param problem why it is refused; null if it is committed
     */
    public static Control decision(
            String ensemble, String publication, int version, long timeMillis, @Nullable String problem) {
        return new Control(
                ensemble,
                publication,
                problem == null ? Kind.COMMITTED : Kind.REFUSED,
                version,
                timeMillis,
                0,
                0,
                NOTHING,
                null,
                0,
                0,
                problem);
    }

    /** The key of its record: what a later one of the same key replaces on the compacted topic. */
    public String key() {
        String of = ensemble + "/" + publication + "/";
        return switch (kind) {
            case BUNDLE -> of + "bundle/" + part;
            case READY, UNABLE -> of + "answer/" + operator + "/" + subtask;
            case COMMITTED, REFUSED -> of + "decision";
            case UNKNOWN -> of + "unknown";
        };
    }
}
