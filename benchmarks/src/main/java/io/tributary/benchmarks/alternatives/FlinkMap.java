package io.tributary.benchmarks.alternatives;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.avro.shaded.org.apache.avro.Schema;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink {@code map} with a DJL predictor a model, one event at a time. */
public final class FlinkMap {

    private FlinkMap() {}

    /** Adds the job to an environment, which the caller executes. */
    public static void build(StreamExecutionEnvironment env, Wanted wanted) {
        FlinkTopics.write(
                FlinkTopics.events(env, wanted)
                        .map(new Score(wanted))
                        .returns(FlinkTopics.predictionType())
                        .name("score"),
                wanted);
    }

    private static final class Score extends RichMapFunction<GenericRecord, GenericRecord> {
        private static final long serialVersionUID = 1L;

        private final Wanted wanted;
        private transient int[] positions;
        private transient DjlModels models;

        @SuppressWarnings("NullAway.Init") // Flink calls open().
        Score(Wanted wanted) {
            this.wanted = wanted;
        }

        @Override
        public void open(OpenContext context) throws Exception {
            positions = FlinkTopics.positions(new Schema.Parser().parse(wanted.eventSchema()), wanted.columns());
            models = DjlModels.load(wanted.models());
        }

        @Override
        public GenericRecord map(GenericRecord event) throws Exception {
            float[][] row = {FlinkTopics.features(event, positions)};
            return FlinkTopics.prediction(event.get(wanted.id()).toString(), models.mean(row)[0]);
        }

        @Override
        public void close() {
            if (models != null) {
                models.close();
            }
        }
    }
}
