package io.tributary.learning;

import io.tributary.core.feedback.Feedback;
import io.tributary.core.measure.Metrics;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.ContractReader;
import io.tributary.schemas.FittedWeights;
import io.tributary.schemas.UndecodableException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What was learned, kept in memory and in two stores: a snapshot, and the feedback since. The snapshot takes tens of
 * kilobytes, so it is written once in {@value #SLOTS} feedback records; each record is stored as it came. Both stores,
 * the offsets read and everything forwarded commit in one transaction, so after any crash the snapshot and the feedback
 * since are exactly what was committed, and folding them again gives the same bits.
 *
 * <p>The feedback since lies in a ring: the record that led to version v in slot v modulo {@value #SLOTS}, together with
 * v, so that what a snapshot covers need not be deleted but is written over.
 */
final class LearnedStore {

    static final int SLOTS = 8192;

    private static final String SNAPSHOT = "snapshot";
    private static final int PART_BYTES = 256 * 1024;
    private static final int HEADER_BYTES = 2 * Long.BYTES;

    private final KeyValueStore<String, byte[]> snapshots;
    private final KeyValueStore<Integer, byte[]> sinceSnapshot;
    private final ContractReader<Feedback> reader;
    private final Learned learned;
    private boolean empty;

    /**
     * Takes up what the stores hold.
     *
     * @param reader reads feedback
     * @throws IllegalStateException if it is of another learner or of other members
     */
    LearnedStore(EnsembleSpec spec, ContractReader<Feedback> reader, ProcessorContext<?, ?> context) {
        this.snapshots = context.getStateStore(LearningTopology.LEARNED);
        this.sinceSnapshot = context.getStateStore(LearningTopology.SINCE_SNAPSHOT);
        this.reader = reader;
        this.learned = new Learned(spec);
        byte[] snapshot = readSnapshot();
        this.empty = snapshot == null;
        if (snapshot != null) {
            learned.restore(snapshot);
            replay();
        } else if (spec.initialWeights() != null) {
            learned.begin(FittedWeights.read(spec.initialWeights()).state());
        }
    }

    private void replay() {
        while (true) {
            long version = learned.version() + 1;
            byte[] entry = sinceSnapshot.get(slot(version));
            if (entry == null || ByteBuffer.wrap(entry).getLong() != version) {
                return;
            }
            ByteBuffer bytes = ByteBuffer.wrap(entry, Long.BYTES, entry.length - Long.BYTES);
            long outcomeTimeMillis = bytes.getLong();
            byte[] record = new byte[bytes.remaining()];
            bytes.get(record);
            try {
                // What there is to report here was reported when its feedback came first.
                learned.learn(reader.read(record), outcomeTimeMillis, 0, report -> {});
            } catch (UndecodableException e) {
                throw new IllegalStateException(
                        "the stored feedback of version " + version + " can no longer be read: " + e.getMessage()
                                + "; bring back the schema registry's subjects, or give the ensemble a new name to"
                                + " start afresh",
                        e);
            }
        }
    }

    /** What was learned so far; only read. */
    Learned learned() {
        return learned;
    }

    /**
     * Learns from feedback and stores it.
     *
     * @param record the feedback as it came
     * @param reports takes the metrics that there are to report
     */
    void learn(Feedback feedback, byte[] record, long outcomeTimeMillis, long nowMillis, Consumer<Metrics> reports) {
        long version = learned.version() + 1;
        if (empty) {
            // Even without feedback it says of which members and learner the feedback to come is.
            writeSnapshot();
            empty = false;
        }
        ByteBuffer entry = ByteBuffer.allocate(HEADER_BYTES + record.length);
        entry.putLong(version).putLong(outcomeTimeMillis).put(record);
        sinceSnapshot.put(slot(version), entry.array());
        learned.learn(feedback, outcomeTimeMillis, nowMillis, reports);
        if (version % SLOTS == 0) {
            writeSnapshot();
        }
    }

    /** Many segments make a snapshot larger than a record of the store's changelog may be, so it is cut up. */
    private void writeSnapshot() {
        byte[] snapshot = learned.snapshot();
        int parts = 0;
        for (int from = 0; from < snapshot.length; from += PART_BYTES) {
            byte[] part = Arrays.copyOfRange(snapshot, from, Math.min(snapshot.length, from + PART_BYTES));
            snapshots.put(partKey(parts++), part);
        }
        while (snapshots.get(partKey(parts)) != null) {
            snapshots.delete(partKey(parts++));
        }
    }

    private byte @Nullable [] readSnapshot() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        byte[] part = snapshots.get(partKey(0));
        for (int i = 1; part != null; i++) {
            whole.writeBytes(part);
            part = snapshots.get(partKey(i));
        }
        return whole.size() == 0 ? null : whole.toByteArray();
    }

    private static String partKey(int part) {
        return part == 0 ? SNAPSHOT : SNAPSHOT + "/" + part;
    }

    private static int slot(long version) {
        return (int) (version % SLOTS);
    }
}
