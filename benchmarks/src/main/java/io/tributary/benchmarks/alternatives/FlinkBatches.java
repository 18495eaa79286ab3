package io.tributary.benchmarks.alternatives;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.avro.shaded.org.apache.avro.Schema;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/**
 * Flink with a DJL predictor a model that scores several events at once. Each subtask fills batches of its own, so nothing
 * crosses between subtasks; a batch waits until it is full, and what waits is part of the checkpoints.
 */
public final class FlinkBatches {

    private FlinkBatches() {}

    /** Adds the job to an environment, which the caller executes. */
    public static void build(StreamExecutionEnvironment env, Wanted wanted) {
        FlinkTopics.write(
                FlinkTopics.events(env, wanted)
                        .flatMap(new Score(wanted))
                        .returns(FlinkTopics.predictionType())
                        .name("score"),
                wanted);
    }

    /**
     * What is kept of an event until its batch is full: less than all of it.
     *
     * @param id the event's
     * @param features what the models read
     */
    public record Row(String id, float[] features) {}

    private static final class Score extends RichFlatMapFunction<GenericRecord, GenericRecord>
            implements CheckpointedFunction {
        private static final long serialVersionUID = 1L;

        private final Wanted wanted;
        private transient int[] positions;
        private transient DjlModels models;
        private transient List<Row> batch;
        private transient ListState<Row> waiting;

        @SuppressWarnings("NullAway.Init") // Flink calls initializeState().
        Score(Wanted wanted) {
            this.wanted = wanted;
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            batch = new ArrayList<>(wanted.batch());
            waiting = context.getOperatorStateStore()
                    .getListState(new ListStateDescriptor<>("waiting", TypeInformation.of(Row.class)));
            waiting.get().forEach(batch::add);
            positions = FlinkTopics.positions(new Schema.Parser().parse(wanted.eventSchema()), wanted.columns());
            models = DjlModels.load(wanted.models());
        }

        @Override
        public void flatMap(GenericRecord event, Collector<GenericRecord> out) throws Exception {
            batch.add(new Row(event.get(wanted.id()).toString(), FlinkTopics.features(event, positions)));
            if (batch.size() < wanted.batch()) {
                return;
            }
            double[][] scores = models.mean(batch.stream().map(Row::features).toArray(float[][]::new));
            for (int i = 0; i < scores.length; i++) {
                out.collect(FlinkTopics.prediction(batch.get(i).id(), scores[i]));
            }
            batch.clear();
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            waiting.update(batch);
        }

        @Override
        public void close() {
            if (models != null) {
                models.close();
            }
        }
    }
}
