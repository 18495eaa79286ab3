package io.tributary.core.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Event;
import io.tributary.core.spec.FeaturePlan;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SequencesTest {

    private static final float NONE = Float.NaN;

    private final FeaturePlan plan = plan("x", "{field: a, key: card, last: 3}", "y");
    private final Histories histories = new Histories(plan);

    @Test
    void enter_eventsOfOneKey_haveTheValuesBeforeThemOldestFirst() {
        assertThat(enter("c", 0, 1)).containsExactly(7, NONE, NONE, 1, 7);
        assertThat(enter("c", 0, 2)).containsExactly(7, NONE, 1, 2, 7);
        assertThat(enter("c", 0, 3)).containsExactly(7, 1, 2, 3, 7);
        assertThat(enter("c", 0, 4)).containsExactly(7, 2, 3, 4, 7);
    }

    @Test
    void enter_eventsOfSeveralKeys_doNotMix() {
        enter("c", 0, 1);
        enter("d", 0, 2);
        assertThat(enter("c", 0, 3)).containsExactly(7, NONE, 1, 3, 7);
        assertThat(enter("d", 0, 4)).containsExactly(7, NONE, 2, 4, 7);
    }

    @Test
    void enter_eventWithoutAKey_hasItsOwnValueAloneAndLeavesNone() {
        assertThat(enter(null, 0, 1)).containsExactly(7, NONE, NONE, 1, 7);
        assertThat(enter(null, 0, 2)).containsExactly(7, NONE, NONE, 2, 7);
    }

    @Test
    void enter_missingValue_hasItsPlaceInTheSequence() {
        enter("c", 0, 1);
        enter("c", 0, NONE);
        assertThat(enter("c", 0, 3)).containsExactly(7, 1, NONE, 3, 7);
    }

    @Test
    void enter_orderOfArrival_countsAndNotThatOfTimes() {
        enter("c", 9, 1);
        assertThat(enter("c", 2, 2)).containsExactly(7, NONE, 1, 2, 7);
    }

    @Test
    void enter_copyOfAnEvent_countsTwice() {
        enter("c", 0, 1);
        assertThat(enter("c", 0, 1)).containsExactly(7, NONE, 1, 1, 7);
    }

    @Test
    void enter_severalSequences_areKeptApart() {
        FeaturePlan two = plan("{field: a, key: card, last: 2}", "{field: b, key: card, last: 4, missing: 5}");
        Sequences sequences = new Sequences(two);
        History history = null;
        float[] row = new float[0];
        for (int i = 1; i <= 3; i++) {
            row = new float[] {0, i, 0, 0, 0, 10 * i};
            history = sequences.enter(event("c", i, row), history);
        }
        assertThat(row).containsExactly(2, 3, 5, 10, 20, 30);
        assertThat(history.values()).containsExactly(3, 10, 20, 30);
        assertThat(history.lastMillis()).isEqualTo(3);
    }

    @Test
    void enter_afterLongerThanTheSpecRemembers_beginsAnew() {
        Histories forgetful = new Histories(plan("{field: a, key: card, last: 2, forget: 10ms}"));
        float[][] rows = {{NONE, 1}, {NONE, 2}, {NONE, 3}, {NONE, 4}};
        long[] times = {0, 10, 4, 21};
        float[][] expected = {{NONE, 1}, {1, 2}, {2, 3}, {NONE, 4}};
        for (int i = 0; i < rows.length; i++) {
            forgetful.enter(event("c", times[i], rows[i]));
            assertThat(rows[i]).containsExactly(expected[i]);
        }
    }

    @Test
    void enter_historyOfOtherSequences_countsAsNone() {
        History history = new Sequences(plan("{field: a, key: card, last: 3}"))
                .enter(event("c", 0, new float[] {NONE, NONE, 1}), null);
        for (String other : new String[] {
            "{field: b, key: card, last: 3}",
            "{field: a, key: account, last: 3}",
            "{field: a, key: card, last: 3, mean: 1}",
            "{field: a, key: card, last: 3, missing: 0}",
            "{field: a, key: card, last: 3, log: true}"
        }) {
            float[] row = {8, 8, 2};
            History next = new Sequences(plan(other)).enter(event("c", 0, row), history);
            assertThat(row).as(other).doesNotContain(1, 8);
            assertThat(next.plan()).isNotEqualTo(history.plan());
        }
    }

    @Test
    void enter_historyOfTheSameSequencesElsewhere_goesOn() {
        History history = new Sequences(plan("{field: a, key: card, last: 3}"))
                .enter(event("c", 0, new float[] {NONE, NONE, 1}), null);
        float[] row = {7, NONE, NONE, 2};
        new Sequences(plan("x", "{field: a, name: renamed, key: card, last: 3, forget: 1d}"))
                .enter(event("c", 0, row), history);
        assertThat(row).containsExactly(7, NONE, 1, 2);
    }

    @Test
    void enter_noSequences_leavesRowsAlone() {
        Histories none = new Histories(plan("x", "y"));
        float[] row = {1, 2};
        none.enter(event("c", 0, row));
        assertThat(row).containsExactly(1, 2);
        assertThat(new Sequences(plan("x")).isEmpty()).isTrue();
        assertThat(new Sequences(plan("x")).forget()).isNull();
    }

    /** The row of an event whose value of the sequence is the given one, and all others 7. */
    private float[] enter(String key, long time, float value) {
        float[] row = {7, NONE, NONE, value, 7};
        histories.enter(event(key, time, row));
        return row;
    }

    private static Event event(String key, long time, float[] row) {
        return new Event("e", time, null, row, null, -1, 0, key, 0);
    }

    private static FeaturePlan plan(String... features) {
        return SpecParser.parse("""
                        ensemble: test
                        events: {topic: t, id: i, time: at}
                        features: [%s]
                        members: {m: {onnx: m.onnx}}
                        """.formatted(String.join(", ", features)), Path.of("test.yaml"))
                .features();
    }
}
