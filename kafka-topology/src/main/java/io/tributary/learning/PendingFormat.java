package io.tributary.learning;

import io.tributary.core.Prediction;
import io.tributary.core.feedback.Join;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.feedback.Scored;
import org.jspecify.annotations.Nullable;

/**
 * {@link PendingEvent} as bytes, as few as there can be without losing a bit: millions of events wait. What all events
 * have in common is in {@link Shapes}; times are told from each other; scores that are floats, as models answer, take four
 * bytes, and the emitted score none if a candidate says the same. A first byte numbers the format. Not for several threads.
 */
final class PendingFormat {

    private static final byte FORMAT = 1;

    private static final int PLACE = 1;
    private static final int SCORED = 1 << 1;
    private static final int OUTCOME = 1 << 2;
    private static final int FLOAT_SCORES = 1 << 3;
    private static final int FLOAT_CANDIDATES = 1 << 4;
    private static final int SCORE_IS_CANDIDATE = 1 << 5;
    private static final int SEGMENT = 1 << 6;
    private static final int CLASS_SCORES = 1 << 7;
    private static final int FLOAT_CLASS_SCORES = 1 << 8;
    private static final int INTERVAL = 1 << 9;
    private static final int FED_BACK = 1 << 10;
    private static final int FED_BACK_PROPENSITY = 1 << 11;
    private static final int HELD = 1 << 12;
    private static final int SOURCE = 1 << 13;
    private static final int PROPENSITY = 1 << 14;
    private static final int CLASSES = 1 << 15;

    private static final double[] NONE = {};
    private static final String[] NO_MEMBERS = {};
    private static final Outcome.Kind[] KINDS = Outcome.Kind.values();

    private final Shapes shapes;
    private final PackedWriter out = new PackedWriter();

    PendingFormat(Shapes shapes) {
        this.shapes = shapes;
    }

    byte[] write(PendingEvent event) {
        Scored scored = event.state().scored();
        Outcome outcome = event.state().outcome();
        int candidate = scored == null ? -1 : sameCandidate(scored);
        int flags =
                flags(event) | (scored == null ? 0 : flags(scored, candidate)) | (outcome == null ? 0 : flags(outcome));
        out.clear().writeByte(FORMAT);
        out.writeUnsigned(flags);
        out.writeSigned(event.firstSeenMillis());
        if (event.place() != null) {
            write(event.place(), event.firstSeenMillis());
        }
        if (scored != null) {
            write(scored, event, candidate, flags);
        } else if (has(flags, CLASSES)) {
            out.writeUnsigned(shapes.number(new Shapes.Shape(NO_MEMBERS, event.classes(), 0)));
        }
        writeState(event.state(), event.firstSeenMillis(), flags);
        if (outcome != null) {
            write(outcome, event.firstSeenMillis(), flags);
        }
        return out.toBytes();
    }

    private static int flags(PendingEvent event) {
        Join.State state = event.state();
        return (event.place() == null ? 0 : PLACE)
                | (event.classes().length == 0 ? 0 : CLASSES)
                | (Double.isNaN(state.fedBack()) ? 0 : FED_BACK)
                | (Double.isNaN(state.fedBackPropensity()) ? 0 : FED_BACK_PROPENSITY)
                | (state.isHeld() ? HELD : 0);
    }

    private static int flags(Scored scored, int candidate) {
        return SCORED
                | (PackedWriter.areFloats(scored.scores()) ? FLOAT_SCORES : 0)
                | (PackedWriter.areFloats(scored.candidates()) ? FLOAT_CANDIDATES : 0)
                | (candidate < 0 ? 0 : SCORE_IS_CANDIDATE)
                | (scored.segment() == null ? 0 : SEGMENT)
                | (scored.classScores().length == 0 ? 0 : CLASS_SCORES)
                | (PackedWriter.areFloats(scored.classScores()) ? FLOAT_CLASS_SCORES : 0)
                | (scored.interval() == null ? 0 : INTERVAL);
    }

    private static int flags(Outcome outcome) {
        return OUTCOME
                | (outcome.source() == null ? 0 : SOURCE)
                | (Double.isNaN(outcome.propensity()) ? 0 : PROPENSITY);
    }

    private static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }

    /** Which of the candidates' numbers is the emitted score, to the bit; −1 if none. */
    private static int sameCandidate(Scored scored) {
        long score = Double.doubleToRawLongBits(scored.score());
        double[] candidates = scored.candidates();
        for (int i = 0; i < candidates.length; i++) {
            if (Double.doubleToRawLongBits(candidates[i]) == score) {
                return i;
            }
        }
        return -1;
    }

    private void write(Place place, long firstSeenMillis) {
        out.writeUnsigned(place.partition());
        out.writeUnsigned(place.offset());
        out.writeSigned(place.readMillis() - firstSeenMillis);
        out.writeUnsigned(place.copies());
    }

    private void write(Scored scored, PendingEvent event, int candidate, int flags) {
        out.writeUnsigned(shapes.number(new Shapes.Shape(scored.members(), event.classes(), scored.specVersion())));
        out.writeSigned(scored.eventTimeMillis() - event.firstSeenMillis());
        out.writeSigned(scored.weightsVersion());
        if (scored.segment() != null) {
            out.writeText(scored.segment());
        }
        out.writeDoubles(scored.scores(), has(flags, FLOAT_SCORES));
        out.writeDoubles(scored.candidates(), has(flags, FLOAT_CANDIDATES));
        if (candidate < 0) {
            out.writeDouble(scored.score());
        } else {
            out.writeUnsigned(candidate);
        }
        if (has(flags, CLASS_SCORES)) {
            out.writeDoubles(scored.classScores(), has(flags, FLOAT_CLASS_SCORES));
        }
        Prediction.Interval interval = scored.interval();
        if (interval != null) {
            out.writeDouble(interval.lower());
            out.writeDouble(interval.upper());
            out.writeDouble(interval.level());
        }
    }

    private void writeState(Join.State state, long firstSeenMillis, int flags) {
        if (has(flags, FED_BACK)) {
            out.writeDouble(state.fedBack());
        }
        if (has(flags, FED_BACK_PROPENSITY)) {
            out.writeDouble(state.fedBackPropensity());
        }
        if (has(flags, HELD)) {
            out.writeSigned(state.heldSinceMillis() - firstSeenMillis);
        }
    }

    private void write(Outcome outcome, long firstSeenMillis, int flags) {
        out.writeByte(outcome.kind().ordinal());
        out.writeDouble(outcome.label());
        out.writeSigned(outcome.timeMillis() - firstSeenMillis);
        if (outcome.source() != null) {
            out.writeText(outcome.source());
        }
        if (has(flags, PROPENSITY)) {
            out.writeDouble(outcome.propensity());
        }
    }

    /**
     * Reads an event. The event's id in its outcome is left empty: whoever has the key knows it.
     *
     * @throws IllegalStateException if another version of Tributary wrote it
     */
    PendingEvent read(byte[] bytes) {
        PackedReader in = begin(bytes);
        int flags = (int) in.readUnsigned();
        long firstSeenMillis = in.readSigned();
        Place place = has(flags, PLACE) ? readPlace(in, firstSeenMillis) : null;
        Shapes.Shape shape = has(flags, SCORED | CLASSES) ? shapes.shape(in.readCount()) : null;
        Scored scored = shape != null && has(flags, SCORED) ? readScored(in, shape, firstSeenMillis, flags) : null;
        double fedBack = has(flags, FED_BACK) ? in.readDouble() : Double.NaN;
        double propensity = has(flags, FED_BACK_PROPENSITY) ? in.readDouble() : Double.NaN;
        long held = has(flags, HELD) ? in.readSigned() + firstSeenMillis : Join.NOT_HELD;
        Outcome outcome = has(flags, OUTCOME) ? readOutcome(in, firstSeenMillis, flags) : null;
        return new PendingEvent(
                new Join.State(scored, outcome, fedBack, propensity, held),
                firstSeenMillis,
                place,
                shape == null ? NO_MEMBERS : shape.classes());
    }

    /** Where the event's prediction is; null if none has come. Needs no shapes, and is for any thread. */
    static @Nullable Place place(byte[] bytes) {
        PackedReader in = begin(bytes);
        int flags = (int) in.readUnsigned();
        return has(flags, PLACE) ? readPlace(in, in.readSigned()) : null;
    }

    private static PackedReader begin(byte[] bytes) {
        PackedReader in = new PackedReader(bytes);
        int format = bytes.length == 0 ? 0 : in.readByte();
        if (format != FORMAT) {
            throw new IllegalStateException(
                    "a waiting event is stored in format " + format + ", this version reads format " + FORMAT
                            + "; run the version that wrote it, or give the ensemble a new name to start afresh");
        }
        return in;
    }

    private static Place readPlace(PackedReader in, long firstSeenMillis) {
        return new Place(in.readCount(), in.readUnsigned(), in.readSigned() + firstSeenMillis, in.readCount());
    }

    private static Scored readScored(PackedReader in, Shapes.Shape shape, long firstSeenMillis, int flags) {
        long eventTimeMillis = in.readSigned() + firstSeenMillis;
        long weightsVersion = in.readSigned();
        String segment = has(flags, SEGMENT) ? in.readText() : null;
        double[] scores = in.readDoubles(has(flags, FLOAT_SCORES));
        double[] candidates = in.readDoubles(has(flags, FLOAT_CANDIDATES));
        double score = has(flags, SCORE_IS_CANDIDATE) ? candidates[in.readCount()] : in.readDouble();
        double[] classScores = has(flags, CLASS_SCORES) ? in.readDoubles(has(flags, FLOAT_CLASS_SCORES)) : NONE;
        Prediction.Interval interval = has(flags, INTERVAL)
                ? new Prediction.Interval(in.readDouble(), in.readDouble(), in.readDouble())
                : null;
        return new Scored(
                eventTimeMillis,
                segment,
                score,
                classScores,
                shape.classes(),
                shape.members(),
                scores,
                candidates,
                interval,
                shape.specVersion(),
                weightsVersion);
    }

    private static Outcome readOutcome(PackedReader in, long firstSeenMillis, int flags) {
        Outcome.Kind kind = KINDS[in.readByte()];
        double label = in.readDouble();
        long timeMillis = in.readSigned() + firstSeenMillis;
        String source = has(flags, SOURCE) ? in.readText() : null;
        return new Outcome("", label, kind, timeMillis, source, has(flags, PROPENSITY) ? in.readDouble() : Double.NaN);
    }
}
