package io.tributary.benchmarks.micro;

import io.tributary.core.Task;
import io.tributary.core.feedback.Feedback;
import io.tributary.core.feedback.Scored;
import io.tributary.core.fusion.Fuser;
import io.tributary.core.fusion.FusionMethod;
import io.tributary.core.learn.LearnerSettings;
import io.tributary.core.learn.Learners;
import io.tributary.core.learn.Lesson;
import io.tributary.core.learn.Loss;
import io.tributary.core.learn.WeightFold;
import io.tributary.core.learn.WeightLearner;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.LearningPlan;
import io.tributary.core.spec.LearningSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one label costs each learner, over feedback that varies. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LearnerBenchmark {

    private static final int LABELS = 1024;

    /** Scores and labels of a binary ensemble. */
    private static final class Labels {
        final double[][] scores = new double[LABELS][];
        final double[] labels = new double[LABELS];

        Labels(int members) {
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < LABELS; i++) {
                double label = random.nextDouble() < 0.3 ? 1 : 0;
                labels[i] = label;
                scores[i] = random.doubles(members, 0.05, 0.75)
                        .map(score -> score + 0.2 * label)
                        .toArray();
            }
        }
    }

    /** A learner's state, and lessons for it. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
    public static class Rule {

        /** The learner. */
        @Param({"hedge", "fixed-share", "boa", "ml-poly", "ml-prod", "ml-ewa", "ogd", "adahedged", "accuracy"})
        public String learner;

        /** How many members the ensemble has. */
        @Param({"2", "8", "16", "64"})
        public int members;

        private WeightLearner rule;
        private double[] state;
        private double[] logWeights;
        private Lesson[] lessons;
        private int next;

        /** Prepares a lesson of each label, all of them at equal weights. */
        @Setup
        public void setUp() {
            Labels labels = new Labels(members);
            rule = Learners.weights(learner, LearnerSettings.DEFAULT, members);
            state = new double[rule.stateSize(members)];
            logWeights = new double[members];
            double[] equal = new double[members];
            Arrays.fill(equal, -Math.log(members));
            rule.start(equal, state);
            lessons = new Lesson[LABELS];
            for (int i = 0; i < LABELS; i++) {
                Fuser fuser = new Fuser(FusionMethod.MEAN, 1e-6, members);
                fuser.fuse(labels.scores[i]);
                lessons[i] = new Lesson(Loss.LOG, true, members, 1);
                lessons[i].prepare(fuser, labels.scores[i], labels.labels[i], 1, 0);
            }
        }
    }

    /** A whole fold, as the learning plane has it. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
    public static class Fold {

        /** The learner. */
        @Param({
            "hedge",
            "fixed-share",
            "boa",
            "ml-poly",
            "ml-prod",
            "ml-ewa",
            "ogd",
            "adahedged",
            "accuracy",
            "stack",
            "auto"
        })
        public String learner;

        /** How many members the ensemble has. */
        @Param({"2", "8", "16", "64"})
        public int members;

        private WeightFold fold;
        private Feedback[] feedbacks;
        private int next;

        /** Makes the feedback. */
        @Setup
        public void setUp() {
            List<String> names = new ArrayList<>();
            for (int k = 0; k < members; k++) {
                names.add("m" + k);
            }
            fold = new WeightFold(plan(names));
            int candidates = fold.weights(0).candidates().length;
            Labels labels = new Labels(members);
            feedbacks = new Feedback[LABELS];
            for (int i = 0; i < LABELS; i++) {
                double[] emitted =
                        new SplittableRandom(i).doubles(candidates, 0.1, 0.9).toArray();
                Scored scored = new Scored(
                        0, null, emitted[0], names.toArray(new String[0]), labels.scores[i], emitted, null, 1, 1);
                feedbacks[i] = new Feedback(
                        Feedback.Kind.LABEL, "e", 0, labels.labels[i], Double.NaN, null, Double.NaN, scored);
            }
        }

        private LearningPlan plan(List<String> names) {
            FusionMethod method = switch (learner) {
                case Learners.AUTO -> null;
                case Learners.STACK -> FusionMethod.STACK;
                default -> FusionMethod.MEAN;
            };
            return new LearningPlan(
                    "benchmark",
                    1,
                    Task.BINARY,
                    List.of(),
                    0.5,
                    names,
                    List.of(),
                    List.of(),
                    new EnsembleSpec.Fusion(method, 1e-6, 0.1, false, Double.NaN),
                    new LearningSpec(
                            learner,
                            Loss.LOG,
                            LearnerSettings.DEFAULT,
                            10,
                            new LearningSpec.Segments(1000, 0),
                            Duration.ofSeconds(1)));
        }
    }

    /** The learner's rule alone: a prepared lesson folded in, and the new weights read off. */
    @Benchmark
    public double[] update(Rule rule) {
        rule.rule.update(rule.state, rule.lessons[rule.next++ & (LABELS - 1)]);
        rule.rule.logWeights(rule.state, rule.logWeights);
        return rule.logWeights;
    }

    /** A whole label: fused again, its regrets taken, and folded in. */
    @Benchmark
    public long learn(Fold fold) {
        fold.fold.learn(fold.feedbacks[fold.next++ & (LABELS - 1)]);
        return fold.fold.version();
    }
}
