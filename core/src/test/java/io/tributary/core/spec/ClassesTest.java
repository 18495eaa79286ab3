package io.tributary.core.spec;

import static io.tributary.core.spec.SpecParserTest.problemsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ensembles that tell several classes apart. */
class ClassesTest {

    private static final String MODELS = """
            ensemble: test
            events: {topic: t, id: i, time: at}
            features: [x, y]
            members: {a: {onnx: a.onnx}}
            task: multiclass
            """;

    @Test
    void classes_areKeptInTheirOrder() {
        EnsembleSpec spec = TestSpecs.ofClasses(List.of("a"), List.of("red", "green", "blue"), "");

        assertThat(spec.task()).isEqualTo(Task.MULTICLASS);
        assertThat(spec.classes()).containsExactly("red", "green", "blue");
        assertThat(spec.scoreWidth()).isEqualTo(3);
        assertThat(spec.plan().classes()).isEqualTo(3);
        assertThat(spec.memberSetup().width()).isEqualTo(3);
        assertThat(spec.threshold()).isNaN();
        // Labels come by name, so our own outcome records have them in another field.
        assertThat(spec.outcomes().label()).isEqualTo("class");
    }

    @Test
    void classes_missingOrTooFew_areAskedFor() {
        assertThat(problemsOf(MODELS)).singleElement().asString().contains("classes has 0 names, must have 2 to 50");
        assertThat(problemsOf(MODELS + "classes: [a]"))
                .singleElement()
                .asString()
                .contains("classes has 1 names");
    }

    @Test
    void classes_namedTwice_areRefused() {
        assertThat(problemsOf(MODELS + "classes: [a, b, a]"))
                .singleElement()
                .asString()
                .contains("test.yaml:6: classes names a class twice: a, b, a");
    }

    @Test
    void rules_giveOneNumber_andAreRefused() {
        assertThat(problemsOf(
                        MODELS.replace("{onnx: a.onnx}", "{rules: [{when: x > 0.0, score: 0.5}]}") + "classes: [a, b]"))
                .singleElement()
                .asString()
                .contains("members.a.rules gives one number", "take a model");
    }

    @Test
    void whatIsForOneNumberOnly_isRefused() {
        assertThat(problemsOf(MODELS + "classes: [a, b]\nthreshold: 0.5\nfusion: {method: median, calibration: platt}"))
                .anySatisfy(problem -> assertThat(problem.toString()).contains("threshold goes with task: binary only"))
                .anySatisfy(problem -> assertThat(problem.toString()).contains("fusion.method is median"))
                .anySatisfy(problem -> assertThat(problem.toString()).contains("fusion.calibration is platt"));
    }
}
