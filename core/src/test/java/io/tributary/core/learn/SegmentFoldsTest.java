package io.tributary.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Weights;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Scored;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.TestSpecs;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is kept of segments, through the fold that keeps it. */
class SegmentFoldsTest {

    private static final String[] MEMBERS = {"a", "b"};

    private final EnsembleSpec spec =
            TestSpecs.of(List.of(MEMBERS), "learning: {learner: boa, segments: {evidence: 10, most: 3}}");
    private final WeightFold fold = new WeightFold(spec);

    private static Feedback label(@Nullable String segment, double label, double a, double b) {
        Scored scored = new Scored(0, segment, (a + b) / 2, MEMBERS, new double[] {a, b}, new double[0], null, 1, 1);
        return new Feedback(Feedback.Kind.LABEL, "e", 0, label, Double.NaN, null, Double.NaN, scored);
    }

    private void learn(String... segments) {
        for (String segment : segments) {
            fold.learn(label(segment, 1, 0.9, 0.4));
        }
    }

    @Test
    void segments_haveWeightsFromTheirOwnLabelsAlone() {
        for (int i = 0; i < 50; i++) {
            fold.learn(label("north", 1, 0.9, 0.2));
            fold.learn(label("south", 1, 0.2, 0.9));
        }

        List<Weights> weights = fold.segmentWeights(0, 0);

        assertThat(weights).extracting(Weights::segment).containsExactly("north", "south");
        assertThat(weights.get(0).weight(0)).isGreaterThan(0.9);
        assertThat(weights.get(1).weight(1)).isGreaterThan(0.9);
        assertThat(weights.get(0).evidence()).isEqualTo(50);
        assertThat(fold.weights(0).weight(0)).isBetween(0.3, 0.7);
    }

    @Test
    void since_holdsOnlyWhatHasLearnedSince() {
        learn("north", "south");
        long version = fold.version();
        learn("south");

        assertThat(fold.segmentWeights(version, 0)).extracting(Weights::segment).containsExactly("south");
    }

    @Test
    void moreThanTheMost_forgetsTheOneWhoseLastLabelIsTheOldest() {
        learn("a", "b", "c", "a", "d");

        assertThat(fold.segmentWeights(0, 0)).extracting(Weights::segment).containsExactly("c", "a", "d");
        assertThat(fold.segmentsGone(0)).containsExactly("b");
        assertThat(fold.segmentsGone(fold.version())).isEmpty();
    }

    @Test
    void forgottenSegment_thatComesBack_beginsAnewAndIsNotGone() {
        learn("a", "a", "a", "b", "c", "d", "a");

        assertThat(fold.segmentsGone(0)).containsExactly("b");
        assertThat(fold.segmentWeights(0, 0))
                .filteredOn(weights -> "a".equals(weights.segment()))
                .singleElement()
                .satisfies(weights -> assertThat(weights.evidence()).isEqualTo(1));
    }

    @Test
    void anyNumberOfSegments_takesBoundedMemory() {
        SplittableRandom random = new SplittableRandom(1);
        int largest = 0;
        for (int i = 0; i < 60_000; i++) {
            fold.learn(label("segment-" + random.nextInt(1_000_000), random.nextInt(2), 0.7, 0.3));
            if (i == 30_000) {
                largest = fold.snapshot().length;
            }
        }

        assertThat(fold.segmentWeights(0, 0)).hasSize(3);
        assertThat(fold.snapshot().length).isLessThan(largest + 1000);
    }

    @Test
    void restore_ofASnapshot_goesOnToTheSameBits() {
        learn("a", "b", "c", "a", "d", "b");
        WeightFold other = new WeightFold(spec);
        other.restore(fold.snapshot());
        Feedback more = label("e", 0, 0.3, 0.8);
        fold.learn(more);
        other.learn(more);

        assertThat(other.snapshot()).isEqualTo(fold.snapshot());
        assertThat(other.segmentsGone(0)).isEqualTo(fold.segmentsGone(0)).isNotEmpty();
    }

    @Test
    void none_whereASpecKeepsNone() {
        WeightFold none =
                new WeightFold(TestSpecs.of(List.of(MEMBERS), "learning: {learner: boa, segments: {most: 0}}"));
        none.learn(label("a", 1, 0.9, 0.4));

        assertThat(none.segmentWeights(0, 0)).isEmpty();
        assertThat(none.segmentsGone(0)).isEmpty();
    }
}
