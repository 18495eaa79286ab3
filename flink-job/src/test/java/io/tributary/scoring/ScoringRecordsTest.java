package io.tributary.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tributary.core.DeadLetter;
import io.tributary.core.Prediction;
import io.tributary.core.Step;
import io.tributary.core.TraceContext;
import io.tributary.core.member.FakeMemberFactory;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import io.tributary.schemas.FakeRegistry;
import io.tributary.schemas.RecordWriter;
import io.tributary.schemas.SchemaRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scoring operator in one task with its source: it decodes, all events in one row, one after the other. */
class ScoringRecordsTest {

    private static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type":"record","name":"E","fields":[
              {"name":"i","type":"string"},{"name":"at","type":"long"},{"name":"x","type":"float"}]}
            """);

    @TempDir
    Path folder;

    private FakeRegistry registry;
    private EnsembleSpec spec;
    private RecordWriter writer;

    @BeforeEach
    void start() throws Exception {
        registry = new FakeRegistry();
        String yaml = Files.readString(Samples.file(folder)) + "registry: {url: '" + registry.url() + "'}\n";
        spec = SpecParser.parse(Files.writeString(folder.resolve("records.yaml"), yaml));
        int id = new SchemaRegistry(registry.url(), Map.of()).register("t-value", SCHEMA);
        writer = new RecordWriter(SCHEMA, id);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void records_ofOneBatch_areScoredByTheirOwnFeatures() throws Exception {
        try (ScoringHarness harness = open(echoingX())) {
            for (int i = 1; i <= 6; i++) {
                harness.record(record(i, null));
            }
            harness.endOfEvents();

            assertThat(scores(harness))
                    .containsOnly(
                            entry("1", 1 / 16.0),
                            entry("2", 2 / 16.0),
                            entry("3", 3 / 16.0),
                            entry("4", 4 / 16.0),
                            entry("5", 5 / 16.0),
                            entry("6", 6 / 16.0));
        }
    }

    @Test
    void snapshot_ofRecordsThatAreNotEmitted_keepsTheirOwnFeatures() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        FakeMemberFactory hanging = new FakeMemberFactory("rules")
                .with("a", row -> {
                    awaitQuietly(hang);
                    return 0.5;
                })
                .with("b", row -> 0.5);
        OperatorSubtaskState state;
        try (ScoringHarness harness = open(hanging)) {
            for (int i = 1; i <= 5; i++) {
                harness.record(record(i, null));
            }
            harness.record(record(7, new Step(9, false)));
            harness.record(record(8, new Step(9, false)));
            state = harness.snapshot(1, 1);
            hang.countDown();
        }

        try (ScoringHarness restored = ScoringHarness.ofRecords(spec, echoingX())) {
            restored.initializeState(state);
            restored.open();
            restored.endOfEvents();

            assertThat(scores(restored))
                    .hasSize(7)
                    .allSatisfy((id, score) -> assertThat(score).isEqualTo(Integer.parseInt(id) / 16.0));
        }
    }

    @Test
    void record_thatCannotBeDecoded_becomesADeadLetterAndAnEmptyOneNothing() throws Exception {
        try (ScoringHarness harness = open(echoingX())) {
            harness.record(new RawRecord("t", 3, 8, null, null, null, null));
            harness.record(new RawRecord("t", 3, 9, null, new byte[] {1, 2}, null, null));
            harness.record(record(1, null));
            harness.endOfEvents();

            assertThat(harness.getSideOutput(Decoding.DEAD_LETTERS))
                    .extracting(StreamRecord::getValue)
                    .singleElement()
                    .satisfies(letter -> {
                        DeadLetter dead = (DeadLetter) letter;
                        assertThat(dead.stage()).isEqualTo("decode-event");
                        assertThat(dead.partition()).isEqualTo(3);
                        assertThat(dead.offset()).isEqualTo(9);
                    });
            assertThat(scores(harness)).containsOnlyKeys("1");
        }
    }

    @Test
    void record_ofATrace_passesItOnToItsPredictionAlone() throws Exception {
        TraceContext trace = Samples.trace("00-4bf9-00f0-01", "congo=1");
        try (ScoringHarness harness = open(echoingX())) {
            harness.record(record(1, null, trace));
            harness.record(record(2, null));
            harness.endOfEvents();

            assertThat(harness.getRecordOutput())
                    .extracting(each -> each.getValue().trace())
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(trace, null);
        }
    }

    private ScoringHarness open(FakeMemberFactory factory) throws Exception {
        ScoringHarness harness = ScoringHarness.ofRecords(spec, factory);
        harness.open();
        return harness;
    }

    private static FakeMemberFactory echoingX() {
        return new FakeMemberFactory("rules").with("a", row -> row[0] / 16).with("b", row -> row[0] / 16);
    }

    private RawRecord record(int i, Step step) {
        return record(i, step, null);
    }

    private RawRecord record(int i, Step step, TraceContext trace) {
        GenericRecord record = new GenericData.Record(SCHEMA);
        record.put("i", Integer.toString(i));
        record.put("at", (long) i);
        record.put("x", (float) i);
        return new RawRecord("t", 0, i, null, writer.write(record), step, trace);
    }

    private static Map<String, Double> scores(ScoringHarness harness) {
        List<Prediction> predictions = harness.predictions();
        return predictions.stream().collect(Collectors.toMap(Prediction::eventId, each -> each.scores()[0]));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
