package io.tributary.learning;

import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * What a processor does between its initialisation and its end, with everything it needs in final fields. Records and
 * what is forwarded are bytes throughout: serdes given to Streams would be shared by its threads, and ours must not be.
 */
interface Node {

    /** Takes a record. */
    void process(Record<byte[], byte[]> record);

    /** Gives back what was taken from the context. */
    void close();

    /**
     * Supplies processors whose node is opened anew at each initialisation. Streams initialises a processor again when it
     * revives its task after a failure, and nothing of what it had in memory may outlive that.
     */
    static ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(
            Function<ProcessorContext<byte[], byte[]>, Node> open) {
        return () -> new Processor<>() {
            private @Nullable Node node;

            @Override
            public void init(ProcessorContext<byte[], byte[]> context) {
                node = open.apply(context);
            }

            @Override
            public void process(Record<byte[], byte[]> record) {
                if (node == null) {
                    throw new IllegalStateException("a record came before the processor was initialised");
                }
                node.process(record);
            }

            @Override
            public void close() {
                if (node != null) {
                    node.close();
                    node = null;
                }
            }
        };
    }
}
