package io.tributary.members;

import static io.tributary.members.Samples.COLUMNS;
import static io.tributary.members.Samples.file;
import static io.tributary.members.Samples.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.member.Member;
import io.tributary.core.member.MemberException;
import io.tributary.core.member.MemberFactory;
import io.tributary.core.member.WrongShapeException;
import io.tributary.members.Samples.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XgboostMemberTest extends MemberContract {

    @Override
    MemberFactory factory() {
        return new XgboostMemberFactory();
    }

    @Override
    String kind() {
        return "xgboost";
    }

    @Override
    Path model() {
        return Samples.file("boosted.json");
    }

    /** A third of its rows lack a feature, the last one all of them. */
    @Override
    Golden golden() throws Exception {
        return Samples.golden(file("golden-boosted.csv"));
    }

    @Test
    void score_ubjFile_givesTheSame() throws Exception {
        Golden golden = golden();
        try (Member member = open(file("boosted.ubj"), COLUMNS, COLUMNS)) {
            assertThat(score(member, golden.rows())).containsExactly(golden.scores(), within(1e-6));
        }
    }

    @Test
    void open_truncatedUbjFile_isRefused(@TempDir Path folder) throws Exception {
        byte[] whole = Files.readAllBytes(file("boosted.ubj"));
        Path file = Files.write(folder.resolve("half.ubj"), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> open(file, COLUMNS, COLUMNS))
                .isInstanceOf(MemberException.class)
                .hasMessageContaining("half.ubj cannot be read as xgboost");
    }

    @Test
    void score_severalClasses_isWrongShape() {
        try (Member member = open(file("three-classes.json"), COLUMNS, COLUMNS)) {
            assertThatThrownBy(() -> score(member, new float[2][3]))
                    .isInstanceOf(WrongShapeException.class)
                    .hasMessageContaining("[2, 3]");
        }
    }

    @Test
    void open_sameColumnsInAnotherOrder_saysTheRightOne() {
        assertThatThrownBy(() -> open(model(), List.of("age", "amount", "count"), COLUMNS))
                .isInstanceOf(MemberException.class)
                .hasMessageContaining("in another order: amount, age, count");
    }

    @Test
    void open_columnsOfOtherNames_isAllowed() throws Exception {
        List<String> renamed = List.of("betrag", "alter", "zahl");
        try (Member member = open(model(), renamed, renamed)) {
            assertThat(score(member, golden().rows())).containsExactly(golden().scores(), within(1e-6));
        }
    }

    @Test
    void check_fileOfAnotherFormat_saysWhichAreRead() {
        Path file = Path.of("models", "boosted.bin");
        assertThat(factory().check(Samples.spec("xgboost", file, COLUMNS), COLUMNS))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(7);
                    assertThat(problem.message()).contains("boosted.bin must end in .json or .ubj");
                });
        assertThatThrownBy(() -> open(file, COLUMNS, COLUMNS))
                .isInstanceOf(MemberException.class)
                .hasMessageContaining("must end in .json or .ubj");
    }
}
