package io.tributary.members;

import static io.tributary.members.Samples.COLUMNS;
import static io.tributary.members.Samples.file;
import static io.tributary.members.Samples.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.core.member.Device;
import io.tributary.core.member.Member;
import io.tributary.core.member.MemberSetup;
import io.tributary.core.spec.MemberSpec;
import io.tributary.members.Samples.Golden;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchShapesTest {

    @Test
    void on_theCpu_leavesBatchesAsTheyAre() {
        BatchShapes shapes = BatchShapes.on(Device.CPU, 20, false);
        for (int rows = 1; rows <= 20; rows++) {
            assertThat(shapes.rows(rows)).isEqualTo(rows);
        }
        assertThat(shapes.toWarm()).containsExactly(1, 20);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,4", "4,4", "5,8", "8,8", "9,16", "16,16", "17,20", "20,20"})
    void on_aGpu_takesTheNextPowerOfTwoOrTheMost(int rows, int given) {
        assertThat(BatchShapes.on(new Device(0), 20, false).rows(rows)).isEqualTo(given);
    }

    @Test
    void toWarm_onAGpu_isEverySizeThatIsGiven() {
        assertThat(BatchShapes.on(new Device(0), 20, false).toWarm()).containsExactly(1, 2, 4, 8, 16, 20);
        assertThat(BatchShapes.on(new Device(0), 16, false).toWarm()).containsExactly(1, 2, 4, 8, 16);
        assertThat(BatchShapes.on(new Device(0), 1, false).toWarm()).containsExactly(1);
    }

    @Test
    void on_aGpuWithConvolutions_isTheMostAlone() {
        BatchShapes shapes = BatchShapes.on(new Device(0), 20, true);
        assertThat(shapes.rows(1)).isEqualTo(20);
        assertThat(shapes.rows(20)).isEqualTo(20);
        assertThat(shapes.toWarm()).containsExactly(20);
        assertThat(BatchShapes.on(Device.CPU, 20, true).rows(3)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"logistic.onnx, false", "convolution.onnx, true"})
    void score_filledUpBatchesOfOnnx_givesTheSameScoresAndLeavesTheRestAlone(String model, boolean full)
            throws Exception {
        BatchShapes shapes = full ? BatchShapes.full(20) : BatchShapes.filledUp(20);
        checkFilledUp(new OnnxMemberFactory(), "onnx", model, "golden-logistic.csv", shapes);
    }

    /** It answers a single row without dimensions. */
    @Test
    void score_filledUpBatchesOfTorchscript_givesTheSameScoresAndLeavesTheRestAlone() throws Exception {
        checkFilledUp(
                new TorchscriptMemberFactory(), "torchscript", "mlp.pt", "golden-mlp.csv", BatchShapes.filledUp(20));
    }

    private static <M> void checkFilledUp(
            ModelMemberFactory<M> factory, String kind, String model, String answers, BatchShapes shapes)
            throws Exception {
        Golden golden = Samples.golden(file(answers));
        Path path = file(model);
        MemberSpec spec = Samples.spec(kind, path, COLUMNS);
        ColumnPlan plan = ColumnPlan.of(spec, new MemberSetup(COLUMNS, 20, 1));
        ModelPool<M> pool = new ModelPool<>(new ThreadBudget(1), keptForTheProcess -> {});
        ModelPool<M>.Lease lease = pool.take(
                ModelPool.Key.of(spec, path, Device.CPU),
                "m",
                threads -> factory.load(spec, path, Device.CPU, threads));
        try (Member member = factory.member(lease, plan, shapes, new ModelInput(plan, MemberSpec.Input.ROWS))) {
            for (int rows = 1; rows <= 20; rows++) {
                double[] expected = Arrays.copyOf(golden.scores(), rows);
                assertThat(score(member, Arrays.copyOf(golden.rows(), rows))).containsExactly(expected, within(1e-6));
            }
            double[] scores = {0, 0, 0, -1};
            member.score(Samples.batch(5, Arrays.copyOf(golden.rows(), 3)), scores);
            assertThat(scores[2]).isCloseTo(golden.scores()[2], within(1e-6));
            assertThat(scores[3]).isEqualTo(-1);
        }
    }
}
