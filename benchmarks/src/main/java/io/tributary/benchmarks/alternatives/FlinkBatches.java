package io.tributary.benchmarks.alternatives;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.avro.shaded.org.apache.avro.Schema;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.windowing.RichAllWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.GlobalWindow;
import org.apache.flink.util.Collector;

/**
 * Flink with a DJL predictor a model that scores the events of a count window at once. Such a window over all events has
 * one subtask, whatever the job's parallelism, and does not fire before it is full: only a number of events that the
 * batch divides comes out whole.
 */
public final class FlinkCountWindow {

    private FlinkCountWindow() {}

    /** Adds the job to an environment, which the caller executes. */
    public static void build(StreamExecutionEnvironment env, Wanted wanted) {
        int[] positions = FlinkTopics.positions(new Schema.Parser().parse(wanted.eventSchema()), wanted.columns());
        String id = wanted.id();
        FlinkTopics.write(
                FlinkTopics.events(env, wanted)
                        .map(event -> new Row(event.get(id).toString(), FlinkTopics.features(event, positions)))
                        .returns(TypeInformation.of(Row.class))
                        .name("features")
                        .countWindowAll(wanted.batch())
                        .apply(new Score(wanted.models()), FlinkTopics.predictionType())
                        .name("score"),
                wanted);
    }

    /**
     * What crosses to the window and is kept in it: less than the whole event.
     *
     * @param id the event's
     * @param features what the models read
     */
    public record Row(String id, float[] features) {}

    private static final class Score extends RichAllWindowFunction<Row, GenericRecord, GlobalWindow> {
        private static final long serialVersionUID = 1L;

        private final List<String> files;
        private transient DjlModels models;

        @SuppressWarnings("NullAway.Init") // Flink calls open().
        Score(List<String> files) {
            this.files = files;
        }

        @Override
        public void open(OpenContext context) throws Exception {
            models = DjlModels.load(files);
        }

        @Override
        public void apply(GlobalWindow window, Iterable<Row> events, Collector<GenericRecord> out) throws Exception {
            List<Row> batch = new ArrayList<>();
            events.forEach(batch::add);
            double[][] scores = models.mean(batch.stream().map(Row::features).toArray(float[][]::new));
            for (int i = 0; i < scores.length; i++) {
                out.collect(FlinkTopics.prediction(batch.get(i).id(), scores[i]));
            }
        }

        @Override
        public void close() {
            if (models != null) {
                models.close();
            }
        }
    }
}
