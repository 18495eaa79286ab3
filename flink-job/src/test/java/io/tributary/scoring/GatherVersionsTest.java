package io.tributary.scoring;

import static io.tributary.scoring.GatherHarness.one;
import static io.tributary.scoring.GatherHarness.opened;
import static io.tributary.scoring.GatherHarness.two;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.core.Prediction;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of two versions of the spec pass the gather at once; none is fused from both. */
class GatherVersionsTest {

    @TempDir
    Path folder;

    private final FakeControlLog control = new FakeControlLog();
    private EnsembleSpec first;
    private EnsembleSpec second;

    @BeforeEach
    void twoVersions() throws Exception {
        first = GatherHarness.spec(folder);
        // Member a goes.
        String yaml = Files.readString(first.file())
                        .replace("  a: {rules: [{when: x > 0.0, score: 0.5}]}\n", "")
                        .replace("[c, a]", "[c]")
                + "version: 2\n";
        second = SpecParser.parse(Files.writeString(folder.resolve("second.yaml"), yaml));
    }

    private GatherHarness open() throws Exception {
        GatherHarness harness = GatherHarness.of(first, control);
        harness.open();
        harness.hear();
        control.publish("p", second);
        ScoringHarness.await(() -> control.answers().size() == 1, "an answer");
        control.decide("p", second, null);
        return harness;
    }

    /** What a group says by the second version: c, or b. */
    private static Part second(String id, long position, int group, double score) {
        return new Part(id, position, 2, null, group, new double[] {score}, null, null);
    }

    @Test
    void eventsOfBothVersions_areFusedEachByItsOwn() throws Exception {
        try (GatherHarness harness = open()) {
            harness.send(opened("old", 1, 0, 1), one("old", 1, 0.1, 0.3), opened("new", 2, 0, 2));
            harness.send(second("new", 2, 0, 0.4), second("new", 2, 1, 0.6), two("old", 1, 0.2));

            assertThat(harness.predictions())
                    .extracting(Prediction::eventId, Prediction::specVersion, each -> String.join("", each.members()))
                    .containsExactly(tuple("new", 2, "bc"), tuple("old", 1, "abc"));
            assertThat(harness.predictions().get(0).scores()).containsExactly(0.6, 0.4);
            assertThat(harness.remembered()).isZero();
        }
    }

    /** A slot group that was restored scores what it had by the version that was committed meanwhile. */
    @Test
    void eventThatGroupsScoredByTwoVersions_isFusedFromTheLaterAlone() throws Exception {
        try (GatherHarness harness = open()) {
            harness.send(opened("e", 1, 0, 1), one("e", 1, 0.1, 0.3), second("e", 1, 1, 0.6));

            assertThat(harness.predictions()).singleElement().satisfies(prediction -> {
                assertThat(prediction.specVersion()).isEqualTo(2);
                assertThat(prediction.members()).containsExactly("b", "c");
                assertThat(prediction.scores()).containsExactly(0.6, Double.NaN);
                assertThat(prediction.missing()).containsExactly(null, "late");
            });
            assertThat(harness.remembered()).isZero();
        }
    }

    @Test
    void answerByTheFormerVersion_afterOneByTheLater_isOfNoUse() throws Exception {
        try (GatherHarness harness = open()) {
            harness.send(second("e", 1, 1, 0.6), one("e", 1, 0.1, 0.3), opened("e", 1, 0, 1));

            assertThat(harness.predictions())
                    .singleElement()
                    .satisfies(prediction -> assertThat(prediction.scores()).containsExactly(0.6, Double.NaN));
        }
    }

    @Test
    void gatherThatStartsAfterACommit_stillKnowsTheVersionBefore() throws Exception {
        EnsembleSpec third = SpecParser.parse(Files.writeString(
                folder.resolve("third.yaml"), Files.readString(second.file()).replace("version: 2", "version: 3")));
        control.publish("p", second);
        control.decide("p", second, null);
        control.publish("q", third);
        control.decide("q", third, null);
        try (GatherHarness harness = GatherHarness.of(first, control)) {
            harness.open();
            harness.send(opened("e", 1, 0, 2), second("e", 1, 0, 0.4), second("e", 1, 1, 0.6));

            assertThat(harness.predictions())
                    .extracting(Prediction::specVersion)
                    .containsExactly(2);
        }
    }
}
