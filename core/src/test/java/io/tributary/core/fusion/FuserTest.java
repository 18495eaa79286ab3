package io.tributary.core.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.Task;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FuserTest {

    private static final double NAN = Double.NaN;
    private static final double CLIP = 1e-6;

    @Test
    void fuse_withoutWeights_isThePlainMean() {
        Fuser fuser = new Fuser(FusionMethod.MEAN, CLIP, 4);
        assertThat(fuser.fuse(new double[] {0.1, 0.2, 0.3, 0.8})).isCloseTo(0.35, within(1e-16));
        assertThat(fuser.weights()).containsExactly(0.25, 0.25, 0.25, 0.25);
    }

    @Test
    void fuse_meanWithWeights_isTheWeightedMean() {
        Fuser fuser = fuser(FusionMethod.MEAN, 0.5, 0.3, 0.2);
        assertThat(fuser.fuse(new double[] {0.1, 0.6, 0.9})).isCloseTo(0.05 + 0.18 + 0.18, within(1e-15));
        assertThat(fuser.effectiveWeights()).containsExactly(new double[] {0.5, 0.3, 0.2}, within(1e-15));
        assertThat(fuser.contributions()).containsExactly(new double[] {0.05, 0.18, 0.18}, within(1e-15));
    }

    @Test
    void fuse_logOdds_isTheNormalisedGeometricMean() {
        Fuser fuser = fuser(FusionMethod.LOG_ODDS, 0.5, 0.5);
        double yes = Math.sqrt(0.2 * 0.9);
        double no = Math.sqrt(0.8 * 0.1);
        assertThat(fuser.fuse(new double[] {0.2, 0.9})).isCloseTo(yes / (yes + no), within(1e-15));
    }

    @Test
    void fuse_logOddsOfCertainScores_isClippedAndFinite() {
        Fuser fuser = fuser(FusionMethod.LOG_ODDS, 0.5, 0.5);
        assertThat(fuser.fuse(new double[] {0, 0})).isCloseTo(CLIP, within(1e-12));
        assertThat(fuser.fuse(new double[] {1, 1})).isCloseTo(1 - CLIP, within(1e-12));
        assertThat(fuser.fuse(new double[] {0, 1})).isCloseTo(0.5, within(1e-10));
    }

    @Test
    void fuse_missingMember_renormalisesOverTheOthers() {
        Fuser fuser = fuser(FusionMethod.MEAN, 0.5, 0.3, 0.2);
        assertThat(fuser.fuse(new double[] {NAN, 0.6, 0.1})).isCloseTo(0.6 * 0.6 + 0.4 * 0.1, within(1e-15));
        assertThat(fuser.effectiveWeights()).containsExactly(new double[] {0, 0.6, 0.4}, within(1e-15));
        assertThat(fuser.contributions()[0]).isZero();
        assertThat(fuser.weights()).as("all members").containsExactly(new double[] {0.5, 0.3, 0.2}, within(1e-15));
    }

    @ParameterizedTest
    @EnumSource
    void fuse_nobodyAnswered_isNaNAndLeavesNoTrace(FusionMethod method) {
        Fuser fuser = fuser(method, 0.5, 0.3, 0.2);
        double before = fuser.fuse(new double[] {0.1, 0.6, 0.9});

        assertThat(fuser.fuse(new double[] {NAN, NAN, NAN})).isNaN();
        assertThat(fuser.disagreement()).isNaN();
        assertThat(fuser.effectiveWeights()).containsExactly(0, 0, 0);
        assertThat(fuser.contributions()).containsExactly(0, 0, 0);

        assertThat(fuser.fuse(new double[] {0.1, 0.6, 0.9})).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 9, 10, 12})
    void fuse_ofAnyNumberOfClasses_addsEachUpInTheMembersOrder(int classes) {
        Random random = new Random(classes);
        int members = 4;
        Fuser fuser = new Fuser(FusionMethod.SOFT_VOTE, Task.MULTICLASS, classes, CLIP, 0, members);
        double[] scores =
                random.doubles((long) members * classes, 0, 1.0 / classes).toArray();
        Arrays.fill(scores, classes, 2 * classes, NAN);

        fuser.fuse(scores);

        for (int c = 0; c < classes; c++) {
            double sum = 0;
            for (int k = 0; k < members; k++) {
                sum += k == 1 ? 0 : fuser.effectiveWeights()[k] * scores[k * classes + c];
            }
            assertThat(fuser.fused()[c]).isEqualTo(sum);
        }
    }

    @Test
    void fuse_oneMember_isItsScoreToTheBit() {
        Fuser fuser = new Fuser(FusionMethod.MEAN, CLIP, 1);
        fuser.use(new double[] {-123.4});
        assertThat(fuser.fuse(new double[] {0.1})).isEqualTo(0.1);
        assertThat(fuser.effectiveWeights()).containsExactly(1);
        assertThat(fuser.disagreement()).isZero();
    }

    @Test
    void fuse_weightsFarBelowTheSmallestDouble_stillHaveTheRightProportions() {
        Fuser fuser = new Fuser(FusionMethod.MEAN, CLIP, 3);
        fuser.use(new double[] {0, -2000, -2000 + Math.log(3)});
        assertThat(fuser.weights()).containsExactly(1, 0, 0);

        assertThat(fuser.fuse(new double[] {NAN, 0.2, 0.6})).isCloseTo(0.5, within(1e-12));
        assertThat(fuser.effectiveWeights()).containsExactly(new double[] {0, 0.25, 0.75}, within(1e-12));
    }

    @Test
    void fuse_weightsNearTheSmallestDouble_keepTheirDigits() {
        Fuser fuser = new Fuser(FusionMethod.MEAN, CLIP, 3);
        for (double depth = 600; depth < 800; depth += 0.5) {
            fuser.use(new double[] {0, -depth, -depth + Math.log(3)});
            fuser.fuse(new double[] {NAN, 0.2, 0.6});
            assertThat(fuser.effectiveWeights())
                    .as("depth %s", depth)
                    .containsExactly(new double[] {0, 0.25, 0.75}, within(1e-12));
        }
    }

    @Test
    void fuse_onlyMembersOfWeightZeroAnswered_weighTheSame() {
        Fuser fuser = new Fuser(FusionMethod.MEAN, CLIP, 3);
        fuser.use(new double[] {0, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY});
        assertThat(fuser.fuse(new double[] {NAN, 0.2, 0.6})).isCloseTo(0.4, within(1e-15));
        assertThat(fuser.fuse(new double[] {0.9, 0.2, 0.6})).isEqualTo(0.9);
    }

    @Test
    void use_logsUpToAConstant_isTheSame() {
        Fuser fuser = new Fuser(FusionMethod.MEAN, CLIP, 3);
        fuser.use(new double[] {1000, 1001, 999});
        double[] high = fuser.weights().clone();
        fuser.use(new double[] {-1000, -999, -1001});
        assertThat(fuser.weights()).containsExactly(high);
    }

    @Test
    void use_itsOwnCopy_isNotMovedByTheCaller() {
        Fuser fuser = new Fuser(FusionMethod.MEAN, CLIP, 2);
        double[] logs = {0, -2000};
        fuser.use(logs);
        logs[1] = 0;
        assertThat(fuser.fuse(new double[] {0.2, 0.8})).isEqualTo(0.2);
        assertThat(fuser.fuse(new double[] {NAN, 0.8})).isEqualTo(0.8);
    }

    @Test
    void disagreement_isTheWeightedDeviationAroundTheFusedScore() {
        Fuser fuser = fuser(FusionMethod.MEAN, 0.5, 0.5, 1);
        fuser.use(new double[] {Math.log(0.75), Math.log(0.25), Math.log(0.5)});
        double score = fuser.fuse(new double[] {0.2, 0.6, NAN});
        assertThat(score).isCloseTo(0.3, within(1e-15));
        assertThat(fuser.disagreement()).isCloseTo(Math.sqrt(0.75 * 0.01 + 0.25 * 0.09), within(1e-15));

        fuser.fuse(new double[] {0.4, 0.4, 0.4});
        assertThat(fuser.disagreement()).isCloseTo(0, within(1e-15));
    }

    @ParameterizedTest
    @EnumSource(names = {"MEAN", "LOG_ODDS", "SOFT_VOTE"})
    void contributions_sumToTheFusedScoreInTheLink(FusionMethod method) {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            int members = 1 + random.nextInt(12);
            Fuser fuser = new Fuser(method, CLIP, members);
            fuser.use(random.doubles(members, -40, 0).toArray());
            double[] scores = random.doubles(members)
                    .map(score -> score < 0.2 ? NAN : score < 0.25 ? 0 : score > 0.9 ? 1 : score)
                    .toArray();
            double score = fuser.fuse(scores);
            double sum = 0;
            for (double contribution : fuser.contributions()) {
                sum += contribution;
            }
            if (Arrays.stream(scores).allMatch(Double::isNaN)) {
                assertThat(score).isNaN();
                continue;
            }
            double[] inverse = {sum};
            fuser.link().inverse(inverse);
            assertThat(inverse[0]).isCloseTo(score, within(1e-15));
            assertThat(Arrays.stream(fuser.effectiveWeights()).sum()).isCloseTo(1, within(1e-14));
            assertThat(score).isBetween(0.0, 1.0);
        }
    }

    @Test
    void fuse_allCertain_neverPassesOne() {
        Random random = new Random(1);
        double[] scores = new double[7];
        Arrays.fill(scores, 1);
        for (int i = 0; i < 5_000; i++) {
            Fuser fuser = new Fuser(FusionMethod.MEAN, CLIP, scores.length);
            fuser.use(random.doubles(scores.length, -5, 0).toArray());
            assertThat(fuser.fuse(scores)).isBetween(1 - 1e-15, 1.0);
        }
    }

    @Test
    void link_logit_isItsInversesInverseAndHasItsSlope() {
        for (double p : new double[] {1e-12, 1e-6, 0.01, 0.3, 0.5, 0.77, 0.999999}) {
            double logit = Link.LOGIT.of(p, 1e-15);
            assertThat(inverse(logit)).isCloseTo(p, within(1e-15));
            double h = 1e-6;
            double numeric = (inverse(logit + h) - inverse(logit - h)) / (2 * h);
            double[] slope = {1};
            Link.LOGIT.pullBack(new double[] {p}, slope);
            assertThat(slope[0]).isCloseTo(numeric, within(1e-9));
        }
        assertThat(inverse(1000)).isEqualTo(1);
        assertThat(inverse(-1000)).isEqualTo(0);
    }

    /** Nothing may be left of the events and weights before, in which others were missing. */
    @ParameterizedTest
    @EnumSource(FusionMethod.class)
    void fuse_whateverCameBefore_isToTheBitWhatAFreshFuserSays(FusionMethod method) {
        Random random = new Random(5);
        Fuser used = new Fuser(method, CLIP, 3);
        double[] parameters = new double[3];
        for (int i = 0; i < 300; i++) {
            if (i % 7 == 0) {
                parameters = random.doubles(3, -2, 1).toArray();
                used.use(parameters);
            }
            double[] scores = random.doubles(3).toArray();
            if (i % 3 == 0) {
                scores[random.nextInt(3)] = NAN;
            }
            Fuser fresh = new Fuser(method, CLIP, 3);
            fresh.use(parameters);

            assertThat(Double.valueOf(used.fuse(scores))).isEqualTo(fresh.fuse(scores));
            assertThat(used.effectiveWeights()).isEqualTo(fresh.effectiveWeights());
            assertThat(used.contributions()).isEqualTo(fresh.contributions());
        }
    }

    @Test
    void method_byLabel_orRefusedWithWhatIsKnown() {
        for (FusionMethod method : FusionMethod.values()) {
            assertThat(FusionMethod.of(method.label())).isEqualTo(method);
        }
        assertThat(FusionMethod.labels())
                .containsExactly("mean", "log-odds", "soft-vote", "hard-vote", "median", "trimmed-mean", "stack");
        assertThatThrownBy(() -> FusionMethod.of("max"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no fusion 'max'; known are mean, log-odds");
    }

    private static double inverse(double value) {
        double[] values = {value};
        Link.LOGIT.inverse(values);
        return values[0];
    }

    private static Fuser fuser(FusionMethod method, double... weights) {
        Fuser fuser = new Fuser(method, CLIP, weights.length);
        fuser.use(Arrays.stream(weights).map(Math::log).toArray());
        return fuser;
    }
}
