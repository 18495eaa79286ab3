package io.tributary.core.drift;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Watches the losses of several scorers, members and fusion alike, with {@link Adwin} and {@link PageHinkley} each.
 *
 * <p>Losses may have any unit and level: each scorer's are put on a scale of their own, which its first 1000 losses give
 * and no alarm comes before. After an alarm the next 1000 may give another one. A loss further than five standard
 * deviations of those 1000 from their mean counts as that far.
 *
 * <p>It is a deterministic fold with bounded state. Nothing is allocated but alarms. Not for several threads.
 */
public final class DriftMonitor {

    private static final int FORMAT = 1;

    private final List<String> scorers;
    private final List<byte[]> names;
    private List<ScorerWatch> watches;

    /** A monitor that has seen nothing, of the scorers with these names. */
    public DriftMonitor(List<String> scorers) {
        this.scorers = List.copyOf(scorers);
        this.names = this.scorers.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toList();
        this.watches = fresh();
    }

    private List<ScorerWatch> fresh() {
        List<ScorerWatch> fresh = new ArrayList<>();
        for (int k = 0; k < scorers.size(); k++) {
            fresh.add(new ScorerWatch(k));
        }
        return fresh;
    }

    /** The scorers' names, in the order of their indices. */
    public List<String> scorers() {
        return scorers;
    }

    /**
     * Takes in one loss.
     *
     * @param scorer the index of whose it is
     * @param loss in any unit, but always the same for one scorer; NaN or infinite if there is none, which changes nothing
     * @param sink called at once for each alarm that this loss raises, at most one a detector
     * @throws IndexOutOfBoundsException if there is no such scorer
     */
    public void observe(int scorer, double loss, Consumer<? super DriftAlarm> sink) {
        watches.get(scorer).observe(loss, sink);
    }

    /** The most bytes that {@link #snapshot} has, whatever was observed: under 3 kB a scorer. */
    public int maxBytes() {
        int bytes = 2 * Integer.BYTES;
        for (int k = 0; k < scorers.size(); k++) {
            bytes += Integer.BYTES + names.get(k).length + watches.get(k).maxBytes();
        }
        return bytes;
    }

    /** All it knows, as bytes. */
    public byte[] snapshot() {
        ByteBuffer bytes = ByteBuffer.allocate(maxBytes());
        bytes.putInt(FORMAT).putInt(scorers.size());
        for (byte[] name : names) {
            bytes.putInt(name.length).put(name);
        }
        watches.forEach(watch -> watch.write(bytes));
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /**
     * Takes up what {@link #snapshot} wrote, to the last bit. Scorers that it does not know begin anew, those that are
     * gone are forgotten.
     *
     * @throws IllegalStateException if it is of another format, or is not whole; all stays as it was
     */
    public void restore(byte[] snapshot) {
        ByteBuffer bytes = ByteBuffer.wrap(snapshot);
        List<ScorerWatch> restored = fresh();
        try {
            int format = bytes.getInt();
            check(format == FORMAT, "has format " + format + ", and format " + FORMAT + " can be read");
            for (String name : readNames(bytes)) {
                int now = scorers.indexOf(name);
                // What is gone has to be read all the same, for the next one comes after it.
                (now < 0 ? new ScorerWatch(0) : restored.get(now)).read(bytes);
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IllegalStateException(unusable("is damaged or cut short at " + snapshot.length + " bytes"), e);
        }
        check(!bytes.hasRemaining(), "is damaged: " + bytes.remaining() + " bytes more than it should have");
        watches = restored;
    }

    private static List<String> readNames(ByteBuffer bytes) {
        int count = bytes.getInt();
        List<String> names = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            int length = bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                throw new BufferUnderflowException();
            }
            byte[] name = new byte[length];
            bytes.get(name);
            names.add(new String(name, StandardCharsets.UTF_8));
        }
        return names;
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalStateException(unusable(problem));
        }
    }

    private static String unusable(String problem) {
        return "the stored drift state " + problem
                + "; restore that spec, or give the ensemble a new name to start afresh";
    }
}
