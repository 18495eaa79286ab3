package io.tributary.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Event;
import io.tributary.core.prepare.Histories;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sequences in Flink's keyed state are those of the plain fold, across failures and rescaling. */
class EnterSequencesTest {

    private static final int MAX_PARALLELISM = 16;
    private static final String SEQUENCE = "{field: a, key: card, last: 3}";

    @TempDir
    Path folder;

    private EnsembleSpec spec;

    @BeforeEach
    void spec() throws IOException {
        spec = spec(SEQUENCE);
    }

    @Test
    void events_ofManyCards_haveTheSequencesOfTheReference() throws Exception {
        List<Event> events = events(200);
        try (Harness harness = open(spec, 1, 0, null)) {
            for (Event event : events) {
                harness.processElement(copy(event), event.timeMillis());
            }
            assertThat(rows(harness.extractOutputValues())).isEqualTo(reference(events));
        }
    }

    @Test
    void histories_afterARestore_goOn() throws Exception {
        List<Event> events = events(100);
        List<Event> out = new ArrayList<>();
        OperatorSubtaskState snapshot;
        try (Harness harness = open(spec, 1, 0, null)) {
            feed(harness, events.subList(0, 50));
            snapshot = harness.snapshot(1, 1);
            out.addAll(harness.extractOutputValues());
            // What came after the snapshot is lost with the task, and comes again.
            feed(harness, events.subList(50, 70));
        }
        try (Harness harness = open(spec, 1, 0, snapshot)) {
            feed(harness, events.subList(50, 100));
            out.addAll(harness.extractOutputValues());
        }
        assertThat(rows(out)).isEqualTo(reference(events));
    }

    @Test
    void histories_onMoreSubtasks_goOnWhereTheirKeysAre() throws Exception {
        List<Event> events = events(100);
        OperatorSubtaskState snapshot;
        List<Event> out = new ArrayList<>();
        try (Harness harness = open(spec, 1, 0, null)) {
            feed(harness, events.subList(0, 50));
            snapshot = harness.snapshot(1, 1);
            out.addAll(harness.extractOutputValues());
        }
        try (Harness first = open(spec, 2, 0, part(snapshot, 0));
                Harness second = open(spec, 2, 1, part(snapshot, 1))) {
            for (Event event : events.subList(50, 100)) {
                Harness owner = first.owns(event) ? first : second;
                int before = owner.extractOutputValues().size();
                feed(owner, List.of(event));
                out.add(owner.extractOutputValues().get(before));
            }
            assertThat(first.extractOutputValues()).isNotEmpty();
            assertThat(second.extractOutputValues()).isNotEmpty();
        }
        assertThat(rows(out)).isEqualTo(reference(events));
    }

    @Test
    void eventsWithoutAKey_leaveNoState() throws Exception {
        try (Harness harness = open(spec, 1, 0, null)) {
            feed(harness, List.of(event("e1", null, 1), event("e1", null, 2)));
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(rows(harness.extractOutputValues())).containsExactly("NaN NaN 1.0", "NaN NaN 2.0");
            feed(harness, List.of(event("e1", "c", 1)));
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
        }
    }

    @Test
    void history_olderThanTwiceWhatTheSpecRemembers_isDroppedFromTheState() throws Exception {
        EnsembleSpec forgetful = spec("{field: a, key: card, last: 3, forget: 1h}");
        try (Harness harness = open(forgetful, 1, 0, null)) {
            harness.setStateTtlProcessingTime(0);
            feed(harness, List.of(event("e1", "c", 1)));
            harness.setStateTtlProcessingTime(2 * 3_600_000 - 1);
            feed(harness, List.of(event("e2", "c", 2)));
            harness.setStateTtlProcessingTime(4 * 3_600_000);
            feed(harness, List.of(event("e3", "c", 3)));
            assertThat(rows(harness.extractOutputValues()))
                    .containsExactly("NaN NaN 1.0", "NaN 1.0 2.0", "NaN NaN 3.0");
        }
    }

    @Test
    void histories_whereTheSpecBeginsToForget_goOn() throws Exception {
        OperatorSubtaskState snapshot;
        try (Harness harness = open(spec, 1, 0, null)) {
            feed(harness, List.of(event("e1", "c", 1)));
            snapshot = harness.snapshot(1, 1);
        }
        EnsembleSpec forgetful = spec("{field: a, key: card, last: 3, forget: 1h}");
        try (Harness harness = open(forgetful, 1, 0, snapshot)) {
            feed(harness, List.of(event("e2", "c", 2)));
            assertThat(rows(harness.extractOutputValues())).containsExactly("NaN 1.0 2.0");
            snapshot = harness.snapshot(2, 2);
        }
        try (Harness harness = open(spec(SEQUENCE), 1, 0, snapshot)) {
            feed(harness, List.of(event("e3", "c", 3)));
            assertThat(rows(harness.extractOutputValues())).containsExactly("1.0 2.0 3.0");
        }
    }

    @Test
    void histories_ofOtherSequences_beginAnew() throws Exception {
        OperatorSubtaskState snapshot;
        try (Harness harness = open(spec, 1, 0, null)) {
            feed(harness, List.of(event("e1", "c", 1)));
            snapshot = harness.snapshot(1, 1);
        }
        try (Harness harness = open(spec("{field: a, key: card, last: 3, log: true}"), 1, 0, snapshot)) {
            feed(harness, List.of(event("e2", "c", 2)));
            assertThat(rows(harness.extractOutputValues())).containsExactly("NaN NaN 2.0");
        }
    }

    @Test
    void stream_ofASpecWithoutSequences_isLeftAsItIs() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        var events = env.fromData(event("e", "c", 1));
        EnsembleSpec plain = spec("a");
        assertThat(EnterSequences.of(events, plain, ShippedSpec.of(plain))).isSameAs(events);
        EnsembleSpec keyed = spec(SEQUENCE);
        assertThat(EnterSequences.of(events, keyed, ShippedSpec.of(keyed))).isNotSameAs(events);
    }

    private EnsembleSpec spec(String feature) throws IOException {
        return SpecParser.parse(Files.writeString(folder.resolve("spec.yaml"), """
                ensemble: test
                events: {topic: t, id: i, time: at}
                features: [%s]
                members: {m: {onnx: m.onnx}}
                """.formatted(feature)));
    }

    private static OperatorSubtaskState part(OperatorSubtaskState state, int subtask) throws Exception {
        return AbstractStreamOperatorTestHarness.repartitionOperatorState(state, MAX_PARALLELISM, 1, 2, subtask);
    }

    private static Harness open(EnsembleSpec spec, int parallelism, int subtask, OperatorSubtaskState state)
            throws Exception {
        Harness harness = new Harness(spec, parallelism, subtask);
        harness.setup();
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private static void feed(Harness harness, List<Event> events) throws Exception {
        for (Event event : events) {
            harness.processElement(copy(event), event.timeMillis());
        }
    }

    /** Twenty cards and some events of none, in times that are not in order. */
    private static List<Event> events(int count) {
        Random random = new Random(3);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int card = random.nextInt(22);
            events.add(event("e" + i, card < 20 ? "card" + card : null, i));
        }
        return events;
    }

    private static Event event(String id, String key, float value) {
        return new Event(id, 5, null, new float[] {Float.NaN, Float.NaN, value}, null, -1, 0, key, 0);
    }

    private static Event copy(Event event) {
        return event(event.id(), event.key(), event.features()[2]);
    }

    private List<String> reference(List<Event> events) {
        Histories histories = new Histories(spec.features());
        List<Event> entered = events.stream().map(EnterSequencesTest::copy).toList();
        entered.forEach(histories::enter);
        return rows(entered);
    }

    private static List<String> rows(List<Event> events) {
        return events.stream()
                .map(event -> event.features()[0] + " " + event.features()[1] + " " + event.features()[2])
                .toList();
    }

    private static final class Harness extends KeyedOneInputStreamOperatorTestHarness<String, Event, Event> {
        Harness(EnsembleSpec spec, int parallelism, int subtask) throws Exception {
            super(
                    new KeyedProcessOperator<>(new EnterSequences(ShippedSpec.of(spec))),
                    EnterSequences::key,
                    Types.STRING,
                    MAX_PARALLELISM,
                    parallelism,
                    subtask);
        }

        boolean owns(Event event) {
            return org.apache.flink.runtime.state.KeyGroupRangeAssignment.assignKeyToParallelOperator(
                            EnterSequences.key(event), MAX_PARALLELISM, 2)
                    == 0;
        }
    }
}
