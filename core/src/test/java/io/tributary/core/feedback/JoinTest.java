package io.tributary.core.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The join told as stories: P is a prediction; {@code f1@5} a final outcome with label 1 known at 5, p a provisional one,
 * c a correction, {@code r@9} a retraction. What it answers: {@code -} if it stored the input, {@code =} for a duplicate,
 * {@code <} for one that was superseded, and feedback as {@code L1} (label), {@code C1>0} (correction from 1 to 0) or
 * {@code R1} (retraction of 1). Where labels are held, S is the end of the time in which they settle.
 */
class JoinTest {

    private static final String EVENT = "e-1";
    private static final Duration SETTLE = Duration.ofMillis(10);
    private static final Scored SCORED =
            new Scored(1, null, 0.5, new String[] {"a"}, new double[] {0.5}, new double[0], null, 1, 3);
    private static final Scored SCORED_AGAIN =
            new Scored(1, null, 0.7, new String[] {"a"}, new double[] {0.7}, new double[0], null, 1, 4);

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        // One of each, either first.
        "P,                            -",
        "f1@5,                         -",
        "P f1@5,                       - L1",
        "f1@5 P,                       - L1",
        "P f0@5,                       - L0",
        // Copies of either.
        "P P,                          - =",
        "f1@5 f1@5,                    - =",
        "P f1@5 f1@5,                  - L1 =",
        "P f1@5 P,                     - L1 =",
        "f1@5 P f1@5 P,                - L1 = =",
        "P f1@5 f1@7,                  - L1 -",
        "P f1@5 f1@7 f0@6,             - L1 - <",
        "P f1@7 f1@5 f0@6,             - L1 = <",
        // Provisional outcomes teach nothing and give way.
        "P p1@5,                       - -",
        "p1@5 P,                       - -",
        "P p1@5 f1@6,                  - - L1",
        "P p1@5 f0@6,                  - - L0",
        "p1@9 f0@6 P,                  - - L0",
        "P f0@6 p1@9,                  - L0 <",
        "P p1@5 p1@5,                  - - =",
        "P p1@5 p0@6 p1@5,             - - - <",
        "P p1@5 c0@6,                  - - L0",
        "P p1@5 r@6,                   - - -",
        "P r@6 p1@7,                   - - <",
        // Corrections, before and after the label was fed back.
        "f1@5 c0@6 P,                  - - L0",
        "P f1@5 c0@6,                  - L1 C1>0",
        "P f1@5 c0@6 f1@5,             - L1 C1>0 <",
        "P f1@5 c0@6 c0@6,             - L1 C1>0 =",
        "P f1@5 c1@6,                  - L1 -",
        "P f1@5 c1@9 r@6 c1@9,         - L1 - < =",
        "P f1@5 c0@6 c1@7,             - L1 C1>0 C0>1",
        "P f1@5 c0@7 c1@6,             - L1 C1>0 <",
        "P c0@6 f1@5,                  - L0 <",
        "c0@6 f1@5 P,                  - < L0",
        "P f1@5 f0@6,                  - L1 C1>0",
        "P f1@5 f0@4,                  - L1 <",
        // At one time a revision is newer than a first word, whichever comes first.
        "P f1@5 c0@5 f1@5,             - L1 C1>0 <",
        "P c0@5 f1@5,                  - L0 <",
        "P f1@5 r@5 f1@5,              - L1 R1 <",
        "r@5 f1@5 P,                   - < -",
        // Retractions.
        "P f1@5 r@6,                   - L1 R1",
        "P f1@5 r@6 r@6,               - L1 R1 =",
        "P f1@5 r@6 r1@7,              - L1 R1 -",
        "P f1@5 r@6 f1@5,              - L1 R1 <",
        "P f1@5 r@4,                   - L1 <",
        "f1@5 r@6 P,                   - - -",
        "r@6 P,                        - -",
        "P r@6,                        - -",
        "P r@6 f1@5,                   - - <",
        "P f1@5 r@6 f0@7,              - L1 R1 L0",
        "P f1@5 r@6 c1@7,              - L1 R1 L1",
        "P f1@5 c0@6 r@7,              - L1 C1>0 R0"
    })
    void join_inAnyOrder_answers(String inputs, String answers) {
        assertThat(tell(inputs, Duration.ZERO)).isEqualTo(answers.replaceAll("\\s+", " "));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        // Either side first, and the prediction even after the label has settled.
        "P f1@5 S,                     - - L1",
        "f1@5 P S,                     - - L1",
        "f1@5 S P,                     - - L1",
        // Only what holds in the end teaches.
        "P f1@5 c0@6 S,                - - - L0",
        "P f1@5 c0@6 c1@7 S,           - - - - L1",
        "P f1@5 f0@4 S,                - - < L1",
        "P f1@5 r@6 S,                 - - - -",
        "P f1@5 r@6 f0@7 S,            - - - - L0",
        "f1@5 r@6 S P,                 - - - -",
        "P p1@5 f0@6 S,                - - - L0",
        // Copies change nothing, and neither does a prediction's.
        "P f1@5 f1@5 P S f1@5,         - - = = L1 =",
        "P f1@5 f1@7 f0@6 S,           - - - < L1",
        // What comes later is told at once.
        "P f1@5 S c0@6,                - - L1 C1>0",
        "P f1@5 S r@6 f0@7,            - - L1 R1 L0",
        "P f1@5 r@6 S f1@7,            - - - - L1",
        "P p1@5 f1@6 S p0@7,           - - - L1 <"
    })
    void join_whileLabelsAreHeld_answers(String inputs, String answers) {
        assertThat(tell(inputs, SETTLE)).isEqualTo(answers.replaceAll("\\s+", " "));
    }

    @Test
    void held_countsFromTheFirstOutcomeThatIsNotProvisional() {
        Join.State state = Join.onPrediction(EVENT, Join.State.EMPTY, SCORED).state();
        state = Join.onOutcome(state, outcome("p1@5"), SETTLE, 100).state();
        assertThat(state.isHeld()).isFalse();
        state = Join.onOutcome(state, outcome("f1@6"), SETTLE, 200).state();
        state = Join.onOutcome(state, outcome("c0@7"), SETTLE, 300).state();
        state = Join.onOutcome(state, outcome("c0@8"), SETTLE, 400).state();
        assertThat(state.heldSinceMillis()).isEqualTo(200);

        state = Join.onSettled(EVENT, state).state();
        assertThat(state.isHeld()).isFalse();
        assertThat(Join.onOutcome(state, outcome("c1@9"), SETTLE, 500).state().isHeld())
                .isFalse();
    }

    @Test
    void labelHeld_withoutASettlingTimeAnyMore_isStillHeldUntilItSettles() {
        Join.State state = Join.onPrediction(EVENT, Join.State.EMPTY, SCORED).state();
        state = Join.onOutcome(state, outcome("f1@6"), SETTLE, 200).state();

        Join.Step corrected = Join.onOutcome(state, outcome("c0@7"));
        assertThat(corrected.feedback()).isNull();
        assertThat(Join.onSettled(EVENT, corrected.state()).feedback().label()).isZero();
    }

    @Test
    void correction_carriesThePropensityThatTheLabelWasFedBackWith() {
        Join.State state = Join.onPrediction(EVENT, Join.State.EMPTY, SCORED).state();
        state = Join.onOutcome(state, new Outcome(EVENT, 1, Outcome.Kind.FINAL, 5, null, 0.25))
                .state();
        // Affirms the label, and is not what taught.
        state = Join.onOutcome(state, new Outcome(EVENT, 1, Outcome.Kind.FINAL, 6, null, 0.5))
                .state();
        Join.Step corrected = Join.onOutcome(state, new Outcome(EVENT, 0, Outcome.Kind.CORRECTION, 7, null, 0.75));
        assertThat(corrected.feedback().previousPropensity()).isEqualTo(0.25);
        assertThat(corrected.feedback().propensity()).isEqualTo(0.75);

        Join.Step retracted = Join.onOutcome(corrected.state(), outcome("r@8"));
        assertThat(retracted.feedback().previousPropensity()).isEqualTo(0.75);
        assertThat(retracted.state().fedBackPropensity()).isNaN();
    }

    @Test
    void feedback_carriesTheFirstPredictionAndTheOutcomeThatHolds() {
        Outcome outcome = new Outcome(EVENT, 1, Outcome.Kind.FINAL, 50, "desk", 0.25);
        Join.State state = Join.onPrediction(EVENT, Join.State.EMPTY, SCORED).state();
        state = Join.onPrediction(EVENT, state, SCORED_AGAIN).state();
        Feedback feedback = Join.onOutcome(state, outcome).feedback();

        assertThat(feedback)
                .isEqualTo(new Feedback(Feedback.Kind.LABEL, EVENT, 50, 1, Double.NaN, "desk", 0.25, SCORED));
    }

    @Test
    void onPrediction_takesTheEventsIdForFeedback() {
        Outcome outcome = new Outcome(EVENT, 0, Outcome.Kind.FINAL, 50, null, Double.NaN);
        Join.State state = Join.onOutcome(Join.State.EMPTY, outcome).state();
        assertThat(Join.onPrediction(EVENT, state, SCORED).feedback().eventId()).isEqualTo(EVENT);
    }

    @Test
    void duplicate_leavesTheStateAsItIs() {
        Outcome outcome = new Outcome(EVENT, 1, Outcome.Kind.FINAL, 50, null, Double.NaN);
        Join.State state = Join.onOutcome(
                        Join.onPrediction(EVENT, Join.State.EMPTY, SCORED).state(), outcome)
                .state();
        assertThat(Join.onOutcome(state, outcome).state()).isSameAs(state);
        assertThat(Join.onPrediction(EVENT, state, SCORED).state()).isSameAs(state);
        assertThat(state.fedBack()).isEqualTo(1);
    }

    private static String tell(String inputs, Duration settle) {
        List<String> answers = new ArrayList<>();
        Join.State state = Join.State.EMPTY;
        for (String input : inputs.split(" ", -1)) {
            Join.Step step = switch (input) {
                case "P" -> Join.onPrediction(EVENT, state, SCORED);
                case "S" -> Join.onSettled(EVENT, state);
                default -> Join.onOutcome(state, outcome(input), settle, 50);
            };
            assertThat(step.feedback() != null).isEqualTo(step.verdict() == Join.Verdict.JOINED);
            answers.add(answer(step));
            state = step.state();
        }
        return answers.stream().collect(Collectors.joining(" "));
    }

    private static Outcome outcome(String input) {
        String[] parts = input.substring(1).split("@", -1);
        Outcome.Kind kind = switch (input.charAt(0)) {
            case 'f' -> Outcome.Kind.FINAL;
            case 'p' -> Outcome.Kind.PROVISIONAL;
            case 'c' -> Outcome.Kind.CORRECTION;
            default -> Outcome.Kind.RETRACTION;
        };
        double label = parts[0].isEmpty() ? Double.NaN : Double.parseDouble(parts[0]);
        return new Outcome(EVENT, label, kind, Long.parseLong(parts[1]), null, Double.NaN);
    }

    private static String answer(Join.Step step) {
        Feedback feedback = step.feedback();
        if (feedback == null) {
            return switch (step.verdict()) {
                case STORED -> "-";
                case DUPLICATE -> "=";
                default -> "<";
            };
        }
        return switch (feedback.kind()) {
            case LABEL -> "L" + (int) feedback.label();
            case CORRECTION -> "C" + (int) feedback.previousLabel() + ">" + (int) feedback.label();
            case RETRACTION -> "R" + (int) feedback.previousLabel();
        };
    }
}
