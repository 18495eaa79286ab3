package io.tributary.benchmarks.alternatives;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Kafka Streams with an ONNX Runtime session a model in a processor, one event at a time. */
public final class StreamsProcessor {

    private static final Schema PREDICTION = new Schema.Parser().parse(Wanted.PREDICTION);

    private StreamsProcessor() {}

    /**
     * The application, which the caller starts and closes.
     *
     * @param state a folder of its own
     */
    public static KafkaStreams application(Wanted wanted, String state) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(wanted.events(), Consumed.with(Serdes.ByteArray(), AvroSerde.events(wanted)))
                .process(() -> new Score(wanted))
                .to(wanted.predictions(), Produced.with(Serdes.String(), AvroSerde.predictions(wanted)));
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, wanted.name());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, wanted.bootstrap());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, wanted.parallelism());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state);
        properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        properties.put(StreamsConfig.producerPrefix("batch.size"), Wanted.PRODUCER_BATCH_BYTES);
        return new KafkaStreams(builder.build(), properties);
    }

    private static final class Score extends ContextualProcessor<byte[], GenericRecord, String, GenericRecord> {

        private final Wanted wanted;
        private final int[] positions;
        private final List<OrtSession> sessions = new ArrayList<>();
        private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

        Score(Wanted wanted) {
            this.wanted = wanted;
            Schema schema = new Schema.Parser().parse(wanted.eventSchema());
            this.positions = wanted.columns().stream()
                    .mapToInt(column -> schema.getField(column).pos())
                    .toArray();
        }

        @Override
        public void init(ProcessorContext<String, GenericRecord> context) {
            super.init(context);
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(1);
                for (String file : wanted.models()) {
                    sessions.add(environment.createSession(file, options));
                }
            } catch (OrtException e) {
                throw new IllegalStateException("the models " + wanted.models() + " cannot be loaded", e);
            }
        }

        @Override
        public void process(Record<byte[], GenericRecord> record) {
            GenericRecord event = record.value();
            float[][] row = new float[1][positions.length];
            for (int i = 0; i < positions.length; i++) {
                row[0][i] = ((Number) event.get(positions[i])).floatValue();
            }
            String id = event.get(wanted.id()).toString();
            GenericRecord prediction = new GenericData.Record(PREDICTION);
            prediction.put("event_id", id);
            try {
                prediction.put("scores", mean(row));
            } catch (OrtException e) {
                throw new IllegalStateException("event " + id + " cannot be scored", e);
            }
            context().forward(record.withKey(id).withValue(prediction));
        }

        private List<Double> mean(float[][] row) throws OrtException {
            List<Double> mean = new ArrayList<>();
            try (OnnxTensor features = OnnxTensor.createTensor(environment, row)) {
                for (OrtSession session : sessions) {
                    String input = session.getInputNames().iterator().next();
                    try (OrtSession.Result answer = session.run(Map.of(input, features))) {
                        add(((OnnxTensor) answer.get(0)).getFloatBuffer().array(), mean);
                    }
                }
            }
            return mean;
        }

        private void add(float[] scores, List<Double> mean) {
            for (int c = 0; c < scores.length; c++) {
                double share = (double) scores[c] / sessions.size();
                if (c == mean.size()) {
                    mean.add(share);
                } else {
                    mean.set(c, mean.get(c) + share);
                }
            }
        }

        @Override
        public void close() {
            try {
                for (OrtSession session : sessions) {
                    session.close();
                }
            } catch (OrtException e) {
                throw new IllegalStateException("a model does not close", e);
            }
        }
    }
}
