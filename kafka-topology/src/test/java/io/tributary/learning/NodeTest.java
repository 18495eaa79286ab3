package io.tributary.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class NodeTest {

    private static final Record<byte[], byte[]> RECORD = new Record<>(new byte[1], new byte[1], 0);

    /** Counts the records of its own life. */
    private static final class Counting implements Node {
        private final List<Integer> seen;
        private int records;

        Counting(List<Integer> seen) {
            this.seen = seen;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            seen.add(++records);
        }

        @Override
        public void close() {
            seen.add(-1);
        }
    }

    @Test
    void processor_revivedAfterAFailure_startsAfresh() {
        List<Integer> seen = new ArrayList<>();
        Processor<byte[], byte[], byte[], byte[]> processor =
                Node.supplier(context -> new Counting(seen)).get();
        processor.init(new MockProcessorContext<>());
        processor.process(RECORD);
        processor.process(RECORD);
        processor.close();
        processor.init(new MockProcessorContext<>());
        processor.process(RECORD);

        assertThat(seen).containsExactly(1, 2, -1, 1);
    }

    @Test
    void processor_closedBeforeItWasInitialised_isHarmless() {
        Processor<byte[], byte[], byte[], byte[]> processor =
                Node.supplier(context -> new Counting(new ArrayList<>())).get();
        processor.close();

        assertThatThrownBy(() -> processor.process(RECORD)).isInstanceOf(IllegalStateException.class);
    }
}
