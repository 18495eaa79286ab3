package io.tributary.core.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for the join whatever comes when, over thousands of seeded stories. */
class JoinPropertyTest {

    private static final int STORIES = 3_000;
    private static final String EVENT = "e";
    private static final Scored SCORED =
            new Scored(1, null, 0.5, new String[] {"a"}, new double[] {0.5}, new double[0], null, 1, 3);

    @Test
    void copies_insertedAnywhereLater_changeNoFeedback() {
        Random random = new Random(11);
        for (int story = 0; story < STORIES; story++) {
            List<Outcome> outcomes = outcomes(random);
            List<Object> inputs = new ArrayList<>(outcomes);
            Collections.shuffle(inputs, random);
            inputs.add(random.nextInt(inputs.size() + 1), SCORED);

            List<Object> withCopies = new ArrayList<>(inputs);
            for (int i = 0; i < 4; i++) {
                int original = random.nextInt(withCopies.size());
                int after = original + 1 + random.nextInt(withCopies.size() - original);
                withCopies.add(after, withCopies.get(original));
            }
            assertThat(feedback(withCopies))
                    .as("story %d: %s", story, withCopies)
                    .isEqualTo(feedback(inputs));
        }
    }

    @Test
    void labelAtTheEnd_isTheSameWhicheverSideCameFirst() {
        Random random = new Random(12);
        for (int story = 0; story < STORIES; story++) {
            List<Object> outcomes = new ArrayList<>(outcomes(random));
            Collections.shuffle(outcomes, random);
            Double expected = Double.NaN;
            for (int place = 0; place <= outcomes.size(); place++) {
                List<Object> inputs = new ArrayList<>(outcomes);
                inputs.add(place, SCORED);
                Double label = fedBack(inputs);
                if (place > 0) {
                    assertThat(label)
                            .as("story %d, prediction at %d: %s", story, place, inputs)
                            .isEqualTo(expected);
                }
                expected = label;
            }
        }
    }

    @Test
    void labelAtTheEnd_whenOutcomesHaveDifferentTimes_doesNotDependOnTheirOrder() {
        Random random = new Random(13);
        for (int story = 0; story < STORIES; story++) {
            List<Object> inputs = new ArrayList<>(outcomes(random));
            inputs.add(SCORED);
            Double expected = fedBack(inputs);
            Collections.shuffle(inputs, random);
            assertThat(fedBack(inputs)).as("story %d: %s", story, inputs).isEqualTo(expected);
        }
    }

    @Test
    void feedback_takenTogether_tellsTheLabelThatHolds() {
        Random random = new Random(14);
        for (int story = 0; story < STORIES; story++) {
            List<Object> inputs = new ArrayList<>(outcomes(random));
            inputs.add(SCORED);
            Collections.shuffle(inputs, random);
            Double label = Double.NaN;
            for (Feedback feedback : feedback(inputs)) {
                assertThat(feedback.previousLabel()).isEqualTo(label);
                assertThat(feedback.label()).isNotEqualTo(label);
                assertThat(feedback.kind())
                        .isEqualTo(
                                Double.isNaN(feedback.label())
                                        ? Feedback.Kind.RETRACTION
                                        : Double.isNaN(label) ? Feedback.Kind.LABEL : Feedback.Kind.CORRECTION);
                label = feedback.label();
            }
            assertThat(fedBack(inputs)).isEqualTo(label);
        }
    }

    @Test
    void labelHeld_untilTheEnd_isToldOnceAsTheOneThatHolds() {
        Random random = new Random(16);
        int told = 0;
        for (int story = 0; story < STORIES; story++) {
            List<Object> inputs = new ArrayList<>(outcomes(random));
            inputs.add(SCORED);
            Collections.shuffle(inputs, random);
            Join.State state = Join.State.EMPTY;
            for (Object input : inputs) {
                Join.Step step = input instanceof Outcome outcome
                        ? Join.onOutcome(state, outcome, Duration.ofMillis(1), story)
                        : Join.onPrediction(EVENT, state, (Scored) input);
                assertThat(step.feedback()).as("story %d: %s", story, inputs).isNull();
                state = step.state();
            }
            Feedback feedback = Join.onSettled(EVENT, state).feedback();
            Double label = feedback == null ? Double.NaN : feedback.label();
            assertThat(label).as("story %d: %s", story, inputs).isEqualTo(fedBack(inputs));
            told += feedback == null ? 0 : 1;
        }
        assertThat(told).isBetween(STORIES / 4, STORIES);
    }

    @Test
    void events_mixedInOneStream_doNotTouchEachOther() {
        Random random = new Random(15);
        Map<String, List<Object>> stories = new HashMap<>();
        Map<String, Join.State> together = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            String event = "e" + random.nextInt(200);
            Object input = random.nextInt(3) == 0 ? SCORED : outcome(event, random, random.nextInt(50));
            stories.computeIfAbsent(event, key -> new ArrayList<>()).add(input);
            together.put(
                    event,
                    step(event, together.getOrDefault(event, Join.State.EMPTY), input)
                            .state());
        }
        assertThat(stories).hasSize(200);
        stories.forEach((event, inputs) -> {
            Join.State alone = Join.State.EMPTY;
            for (Object input : inputs) {
                alone = step(event, alone, input).state();
            }
            assertThat(together.get(event)).isEqualTo(alone);
        });
    }

    /** A few outcomes of all kinds, each at a time of its own. */
    private static List<Outcome> outcomes(Random random) {
        List<Outcome> outcomes = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            outcomes.add(outcome(EVENT, random, 10 + i));
        }
        return outcomes;
    }

    private static Outcome outcome(String event, Random random, long timeMillis) {
        Outcome.Kind kind = Outcome.Kind.values()[random.nextInt(4)];
        double label = kind == Outcome.Kind.RETRACTION ? Double.NaN : random.nextInt(2);
        return new Outcome(event, label, kind, timeMillis, null, Double.NaN);
    }

    private static Join.Step step(String event, Join.State state, Object input) {
        return input instanceof Outcome outcome
                ? Join.onOutcome(state, outcome)
                : Join.onPrediction(event, state, (Scored) input);
    }

    private static List<Feedback> feedback(List<Object> inputs) {
        List<Feedback> all = new ArrayList<>();
        Join.State state = Join.State.EMPTY;
        for (Object input : inputs) {
            Join.Step step = step(EVENT, state, input);
            state = step.state();
            if (step.feedback() != null) {
                all.add(step.feedback());
            }
        }
        return all;
    }

    private static Double fedBack(List<Object> inputs) {
        Join.State state = Join.State.EMPTY;
        for (Object input : inputs) {
            state = step(EVENT, state, input).state();
        }
        return state.fedBack();
    }
}
