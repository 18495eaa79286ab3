package io.tributary.learning;

import io.tributary.core.DeadLetter;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.schemas.Codecs;
import io.tributary.schemas.ContractSerializer;
import io.tributary.schemas.SchemaRegistry;
import io.tributary.schemas.UndecodableException;
import java.util.Arrays;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * A node that reads what others wrote. Records without a value are counted and skipped, those that cannot be used become
 * dead letters. A registry that does not answer says nothing about the record: that exception ends the thread, and the
 * record is read again.
 */
abstract class DecodingNode implements Node {

    final ProcessorContext<byte[], byte[]> context;
    final NodeSensor sensor;
    final Counters counters;

    private final String[] classes;
    private final String stage;
    private final String deadLetterSink;
    private final String deadLetterTopic;
    private final ContractSerializer<DeadLetter> serializer;

    /**
     * Takes what it needs from the context.
     *
     * @param stage what dead letters and metrics call it
     * @param deadLetterSink the node that dead letters are forwarded to
     */
    DecodingNode(
            EnsembleSpec spec,
            SchemaRegistry registry,
            ProcessorContext<byte[], byte[]> context,
            String stage,
            String deadLetterSink) {
        this.context = context;
        this.sensor = new NodeSensor(context, spec.ensemble(), stage);
        this.counters = new Counters(sensor);
        this.classes = spec.classes().toArray(new String[0]);
        this.stage = stage;
        this.deadLetterSink = deadLetterSink;
        this.deadLetterTopic = spec.topics().deadLetters();
        this.serializer = new ContractSerializer<>(registry, Codecs.DEAD_LETTER);
    }

    /**
     * Takes a record that has a value.
     *
     * @throws UndecodableException if it cannot be used; nothing may have been changed or forwarded by then
     */
    abstract void take(Record<byte[], byte[]> record) throws UndecodableException;

    @Override
    public final void process(Record<byte[], byte[]> record) {
        if (record.value() == null) {
            counters.add(Counter.NULLS_SKIPPED);
            return;
        }
        try {
            take(record);
        } catch (UndecodableException e) {
            bury(record, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Refuses what was scored under other classes: they are counted by their order, so its labels would be wrong ones.
     *
     * @param what it is, for the reason
     */
    final void requireSameClasses(String what, String[] its) throws UndecodableException {
        if (!Arrays.equals(its, classes)) {
            throw new UndecodableException("the " + what + " has the classes " + Arrays.toString(its) + ", the spec "
                    + Arrays.toString(classes) + "; give the ensemble a new name when its classes change");
        }
    }

    /** Where the record is that is being processed. */
    final RecordMetadata place() {
        return context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record came without its topic and offset"));
    }

    /** Headers stay behind: with them the letter might exceed what the broker takes. */
    private void bury(Record<byte[], byte[]> record, String reason) {
        RecordMetadata at = place();
        DeadLetter letter = DeadLetter.of(
                at.topic(),
                at.partition(),
                at.offset(),
                stage,
                reason,
                record.key(),
                record.value(),
                context.currentSystemTimeMs());
        byte[] bytes = serializer.serialize(deadLetterTopic, letter);
        context.forward(new Record<>(letter.key(), bytes, record.timestamp()), deadLetterSink);
        counters.add(Counter.DEAD_LETTERS);
    }

    @Override
    public void close() {
        sensor.close();
    }
}
