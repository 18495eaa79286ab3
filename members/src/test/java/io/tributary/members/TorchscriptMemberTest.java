package io.tributary.members;

import static io.tributary.members.Samples.COLUMNS;
import static io.tributary.members.Samples.file;
import static io.tributary.members.Samples.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.member.Member;
import io.tributary.core.member.MemberFactory;
import io.tributary.core.member.MissingReason;
import io.tributary.members.Samples.Golden;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TorchscriptMemberTest extends ModelMemberContract {

    @Override
    MemberFactory factory() {
        return new TorchscriptMemberFactory();
    }

    @Override
    String kind() {
        return "torchscript";
    }

    /** It squeezes its answer: a batch of one row gets a number without dimensions. */
    @Override
    Path model() {
        return Samples.file("mlp.pt");
    }

    @Override
    Golden golden() throws Exception {
        return Samples.golden(file("golden-mlp.csv"));
    }

    @Test
    void score_batchThatTheModelRefuses_throwsAndTheNextIsScored() throws Exception {
        float[] sound = {1, 0, 0};
        try (Member member = open(file("picky.pt"), COLUMNS, COLUMNS)) {
            assertThatThrownBy(() -> score(member, sound, new float[] {101, 0, 0}))
                    .hasMessageContaining("an amount is above 100")
                    .satisfies(failure ->
                            assertThat(MissingReason.ofFailure(failure)).isEqualTo(MissingReason.ERROR));
            assertThat(score(member, sound)[0]).isCloseTo(0.5, within(1e-6));
        }
    }

    @Test
    void score_missingFeature_reachesTheModelAsNaN() throws Exception {
        try (Member member = open()) {
            double[] scores = score(member, new float[] {1, Float.NaN, 2}, new float[] {1, 1, 2});
            assertThat(scores[0]).isNaN();
            assertThat(scores[1]).isBetween(0.0, 1.0);
        }
    }
}
