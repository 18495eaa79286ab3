package io.tributary.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.Prediction;
import io.tributary.core.feedback.Join;
import io.tributary.core.feedback.Outcome;
import io.tributary.core.feedback.Scored;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PendingFormatTest {

    private static final double NAN = Double.NaN;
    private static final long SEEN = 1_772_000_000_000L;
    private static final String[] NO_CLASSES = {};
    private static final String[] CLASSES = {"red", "green", "blue"};
    private static final String[] MEMBERS = {"logistic", "forest"};
    private static final Outcome OUTCOME = new Outcome("", 1, Outcome.Kind.CORRECTION, 4, "review", 0.5);
    private static final Outcome PLAIN = new Outcome("", NAN, Outcome.Kind.RETRACTION, SEEN + 5, null, NAN);

    private final KeyValueStore<Integer, byte[]> store = MemoryStore.open(Serdes.Integer());

    static List<PendingEvent> events() {
        Place place = new Place(3, 1L << 40, SEEN - 7, 2);
        return List.of(
                new PendingEvent(Join.State.EMPTY, 0, null, NO_CLASSES),
                new PendingEvent(Join.State.EMPTY, SEEN, place, CLASSES),
                waiting(scored(0.5f, 0.25f, 0.1, 0.7), place, NO_CLASSES),
                waiting(scored(0.1, 0.2, 0.1, 0.7), place, NO_CLASSES),
                waiting(scored(NAN, 0.25f), place, NO_CLASSES),
                waiting(scored(Double.longBitsToDouble(0x7ff8000000000123L), -0.0, 1e300, 0), place, NO_CLASSES),
                waiting(scored(0.25f, 0.5f, 0.5f, 0.25f), place, NO_CLASSES),
                waiting(ofClasses(), place, CLASSES),
                new PendingEvent(new Join.State(null, OUTCOME, NAN, NAN, SEEN + 3), SEEN, null, NO_CLASSES),
                new PendingEvent(new Join.State(null, PLAIN, NAN, NAN, Join.NOT_HELD), SEEN, null, CLASSES),
                new PendingEvent(
                        new Join.State(scored(0.1, 0.2, 0.3), OUTCOME, 1, 0.25, Join.NOT_HELD),
                        SEEN,
                        place,
                        NO_CLASSES));
    }

    private static PendingEvent waiting(Scored scored, Place place, String[] classes) {
        return new PendingEvent(new Join.State(scored, null, NAN, NAN, Join.NOT_HELD), SEEN, place, classes);
    }

    /** Of two members, and candidates of which the last says what is emitted, if there are any. */
    private static Scored scored(double first, double second, double... candidates) {
        double score = candidates.length == 0 ? 1.0 / 3 : candidates[candidates.length - 1];
        double[] scores = {first, second};
        return new Scored(Long.MIN_VALUE + 9, "de", score, MEMBERS, scores, candidates, null, 7, 12_345);
    }

    private static Scored ofClasses() {
        return new Scored(
                5,
                null,
                0.5,
                new double[] {0.25, 0.5, 0.25},
                CLASSES,
                MEMBERS,
                new double[] {NAN, NAN, NAN, 0.1, 0.7, 0.2},
                new double[] {0.3, 0.3, 0.4},
                new Prediction.Interval(0, 1, 0.9),
                -2,
                0);
    }

    @ParameterizedTest
    @MethodSource("events")
    void read_ofWhatWasWritten_isTheSameToTheBit(PendingEvent event) {
        byte[] bytes = new PendingFormat(new Shapes(store)).write(event);

        assertThat(new PendingFormat(new Shapes(store)).read(bytes))
                .usingRecursiveComparison()
                .withEqualsForType(
                        (a, b) -> Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b), Double.class)
                .isEqualTo(event);
        assertThat(PendingFormat.place(bytes)).isEqualTo(event.place());
    }

    @Test
    void members_ofManyEvents_areStoredOnce() {
        PendingFormat format = new PendingFormat(new Shapes(store));
        PendingFormat otherSide = new PendingFormat(new Shapes(store));
        for (int i = 0; i < 10; i++) {
            format.write(events().get(2));
            otherSide.write(events().get(2));
            otherSide.write(events().get(7));
            format.write(events().get(7));
        }
        assertThat(store.approximateNumEntries()).isEqualTo(2);
    }

    /** What millions of events cost is what eight float scores, eight candidates and their times cost, and little more. */
    @Test
    void write_eightMembersAndCandidates_takesLittleMoreThanTheirNumbers() {
        double[] scores = new double[8];
        double[] candidates = new double[8];
        Arrays.setAll(scores, k -> (float) Math.sin(k + 1));
        Arrays.setAll(candidates, k -> Math.cos(k + 1));
        String[] members = {"logistic", "forest", "mlp", "boosted", "rules", "recurrent", "neighbours", "embedding"};
        Scored scored = new Scored(SEEN - 20, null, candidates[2], members, scores, candidates, null, 3, 5_000_000);
        PendingEvent event = waiting(scored, new Place(11, 5_000_000, SEEN, 1), NO_CLASSES);

        assertThat(new PendingFormat(new Shapes(store)).write(event)).hasSizeLessThanOrEqualTo(8 * 4 + 8 * 8 + 26);
    }

    @Test
    void read_ofAnotherFormat_saysWhatToDo() {
        assertThatThrownBy(() -> new PendingFormat(new Shapes(store)).read(new byte[] {9, 0}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("format 9")
                .hasMessageContaining("give the ensemble a new name");
    }
}
