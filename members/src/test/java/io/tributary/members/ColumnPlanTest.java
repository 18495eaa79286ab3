package io.tributary.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.member.MemberSetup;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which numbers a model that reads whole ones is given. */
class ColumnPlanTest {

    /** 2^24 + 1 is 2^24 as a float: the two cannot be told apart. */
    @ParameterizedTest
    @CsvSource({
        "16777215, 16777215, false",
        "-16777215, -16777215, false",
        "16777216, 0, true",
        "-16777216, 0, true",
        "0.5, 0, true",
        "NaN, 0, true",
        "Infinity, 0, true"
    })
    void copy_toWholeNumbers_marksRowsThatAreNotExactlyThose(float value, long written, boolean marked) {
        List<String> columns = List.of("id");
        ColumnPlan plan =
                ColumnPlan.of(Samples.spec("onnx", Path.of("m.onnx"), columns), new MemberSetup(columns, 1, 1));
        LongBuffer numbers = LongBuffer.allocate(1);
        boolean[] notWhole = new boolean[1];

        plan.copy(Samples.batch(1, new float[] {value}), 1, numbers, notWhole);

        assertThat(numbers.get(0)).isEqualTo(written);
        assertThat(notWhole).containsExactly(marked);
    }
}
