package io.tributary.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Who is followed, and who is not. */
class SelectorTest {

    private static final long LATE = 1000;

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void learn_ofAChallengerThatIsALittleBetterAllTheTime_followsIt() {
        Selector selector = new Selector(2);

        feed(selector, 20_000, 0, 0.30, 0.28);

        assertThat(selector.leader()).isEqualTo(1);
    }

    @Test
    void learn_ofCandidatesThatAreAsGoodAsEachOther_staysWithTheFirst() {
        Selector selector = new Selector(3);

        feed(selector, 50_000, 0, 0.3, 0.3, 0.3);

        assertThat(selector.leader()).isZero();
    }

    /** While labels are late all err after a sudden change; who errs least then is not the one to follow. */
    @Test
    void learn_ofAChallengerThatWasAheadInOneStretchOfLateLabels_doesNotFollowIt() {
        Selector selector = new Selector(2);

        feed(selector, 8000, LATE, 0.03, 0.04);
        feed(selector, (int) LATE, LATE, 0.30, 0.15);
        feed(selector, 2000, LATE, 0.10, 0.12);

        assertThat(selector.leader()).isZero();
    }

    @Test
    void learn_withLateLabels_followsAChallengerThatIsBetterInMostStretches() {
        Selector selector = new Selector(2);

        feed(selector, 10_000, LATE, 0.30, 0.27);

        assertThat(selector.leader()).isEqualTo(1);
    }

    @Test
    void learn_ofALossThatIsInfinite_keepsItsStateFinite() {
        Selector selector = new Selector(2);

        selector.learn(new double[] {Double.POSITIVE_INFINITY, 0.1}, 1, 0);
        feed(selector, 100, 0, 0.3, 0.1);

        assertThat(selector.state()).isNotEmpty().satisfies(state -> {
            for (double each : state) {
                assertThat(each).isFinite();
            }
        });
    }

    /** Losses that scatter around the given means, together for all candidates and a little for each. */
    private void feed(Selector selector, int labels, long lag, double... means) {
        double[] losses = new double[means.length];
        for (int i = 0; i < labels; i++) {
            double common = random.nextDouble(0.5, 1.5);
            for (int k = 0; k < means.length; k++) {
                losses[k] = means[k] * common * random.nextDouble(0.9, 1.1);
            }
            selector.learn(losses, 1, lag);
        }
    }
}
