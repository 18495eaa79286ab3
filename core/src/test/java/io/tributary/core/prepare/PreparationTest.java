package io.tributary.core.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.StatedFile;
import io.tributary.core.spec.FeaturePlan;
import io.tributary.core.spec.FeatureSpec;
import io.tributary.core.spec.NumberSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {

    @TempDir
    Path folder;

    private final FakeTextEncoder encoders = new FakeTextEncoder();
    private final TextEncoderLoader loader = new TextEncoderLoader(List.of(encoders));

    @Test
    void fill_everyKind_fillsItsOwnColumns() throws Exception {
        FeaturePlan plan = plan(tokens("note", null), tokens("title", ""));
        assertThat(plan.columns()).containsExactly("x", "note#0", "note#1", "title#0", "title#1");
        try (Preparation preparation = Preparation.open(plan, loader)) {
            float[] row = preparation.row();
            preparation.fill(0, 3, row);
            preparation.fill(1, "abc", row);
            preparation.fill(2, "d", row);
            assertThat(row).containsExactly(3, 'a', 'b', 'd', 0);

            preparation.fill(1, (String) null, row);
            preparation.fill(2, (String) null, row);
            assertThat(row).containsExactly(3, Float.NaN, Float.NaN, 0, 0);
        }
        assertThat(encoders.open()).isZero();
    }

    @Test
    void open_oneTokenizerThatIsNotThere_closesTheOthers() throws Exception {
        FeatureSpec absent = new FeatureSpec.Tokens(
                "late", "late", new StatedFile(folder.resolve("absent.json"), null), 2, -1, null);
        assertThatThrownBy(() -> Preparation.open(plan(tokens("note", null), absent), loader))
                .isInstanceOf(PreparationException.class)
                .hasMessageStartingWith("feature late: there is no tokenizer file ");
        assertThat(encoders.open()).isZero();
    }

    @Test
    void check_nothingThatReadsTokenizers_isAProblem() throws Exception {
        assertThat(new TextEncoderLoader(List.of()).check(tokens("note", null)))
                .isEqualTo(
                        "feature note has a tokenizer, and nothing on the class path reads such files: add the jar that"
                                + " does");
        assertThat(loader.check(tokens("note", null))).isNull();
        assertThat(encoders.open()).isZero();
    }

    private static FeaturePlan plan(FeatureSpec first, FeatureSpec second) {
        return new FeaturePlan(List.of(new FeatureSpec.Numeric("x", "x", NumberSteps.NONE), first, second));
    }

    private FeatureSpec.Tokens tokens(String name, String missing) throws IOException {
        Path file = Files.writeString(folder.resolve("tokenizer.json"), "{}");
        return new FeatureSpec.Tokens(name, name, new StatedFile(file, null), 2, -1, missing);
    }
}
