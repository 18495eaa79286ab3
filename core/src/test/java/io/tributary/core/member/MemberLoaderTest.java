package io.tributary.core.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.Sha256;
import io.tributary.core.spec.MemberSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberLoaderTest {

    private static final List<String> COLUMNS = List.of("x");
    private static final MemberSetup SETUP = new MemberSetup(COLUMNS, 8, 1);

    @TempDir
    Path folder;

    private final FakeMemberFactory factory = new FakeMemberFactory("onnx", "rules").with("forest", row -> row[0] / 2);
    private final MemberLoader loader = new MemberLoader(List.of(new FakeMemberFactory("xgboost"), factory));
    private Path model;

    @BeforeEach
    void writeModel() throws IOException {
        model = Files.writeString(folder.resolve("forest.onnx"), "weights");
    }

    @Test
    void open_rightChecksum_scores() throws Exception {
        Member member = loader.open(forest("onnx", model, Sha256.hex(model)), SETUP);

        FeatureBatch batch = new FeatureBatch(8, 1);
        batch.add(new float[] {1});
        double[] scores = new double[8];
        member.score(batch, scores);
        assertThat(scores[0]).isEqualTo(0.5);
        assertThat(factory.opened("forest")).hasSize(1);
    }

    @Test
    void open_noChecksumInSpec_takesTheFileAsItIs() {
        loader.open(forest("onnx", model, null), SETUP);
        assertThat(factory.opened("forest")).hasSize(1);
    }

    @Test
    void open_withoutModelFile_isNotAskedForOne() {
        loader.open(forest("rules", null, null), SETUP);
        assertThat(factory.opened("forest")).hasSize(1);
    }

    @Test
    void open_otherChecksum_isRefusedWithBoth() {
        String stated = "0".repeat(64);
        assertThatThrownBy(() -> loader.open(forest("onnx", model, stated), SETUP))
                .isInstanceOf(MemberException.class)
                .hasMessageContainingAll(
                        "member forest", model.toString(), Sha256.hex(model), stated, "restore the file");
        assertThat(factory.opened("forest")).isEmpty();
    }

    @Test
    void open_absentFile_isRefusedWithItsPath() {
        Path absent = folder.resolve("absent.onnx");
        assertThatThrownBy(() -> loader.open(forest("onnx", absent, null), SETUP))
                .isInstanceOf(MemberException.class)
                .hasMessage("member forest: there is no model file " + absent
                        + "; put it there or correct the path in the spec");
    }

    @Test
    void open_folderForFile_isRefused() {
        assertThatThrownBy(() -> loader.open(forest("onnx", folder, null), SETUP))
                .isInstanceOf(MemberException.class)
                .hasMessageContaining("there is no model file");
    }

    @Test
    void open_kindThatNobodyOpens_isRefused() {
        assertThatThrownBy(() -> loader.open(forest("torchscript", model, null), SETUP))
                .isInstanceOf(MemberException.class)
                .hasMessageContainingAll("member forest", "torchscript", "add the jar");
    }

    @Test
    void open_onGpus_givesThemToThoseThatCanUseThemAndTakesThemBack() throws Exception {
        MemberLoader onGpus = loader.onGpus(Set.of(3));
        onGpus.open(forest("rules", null, null), SETUP).close();
        assertThat(factory.device("forest")).isEqualTo(Device.CPU);

        onGpus.open(forest("onnx", model, null), SETUP).close();
        assertThat(factory.device("forest")).isEqualTo(new Device(3));

        Member left = loader.onGpus(Set.of(3, 4)).open(forest("onnx", model, null), SETUP);
        Path other = Files.writeString(folder.resolve("other.onnx"), "other weights");
        Member right = loader.onGpus(Set.of(3, 4)).open(forest("onnx", other, null), SETUP);
        assertThat(factory.device("forest")).isEqualTo(new Device(4));
        left.close();
        right.close();
    }

    @Test
    void open_failsOnAGpu_givesItsPlaceBack() throws Exception {
        MemberSpec unknown = new MemberSpec(
                "unknown",
                "onnx",
                model,
                null,
                COLUMNS,
                MemberSpec.Input.ROWS,
                List.of(),
                MemberSpec.Score.of(0),
                MemberSpec.Standing.PLAIN,
                1,
                7);
        Path other = Files.writeString(folder.resolve("other.onnx"), "other weights");
        assertThatThrownBy(() -> loader.onGpus(Set.of(5, 6)).open(unknown, SETUP))
                .isInstanceOf(MemberException.class);
        try (Member opened = loader.onGpus(Set.of(5, 6)).open(forest("onnx", other, null), SETUP)) {
            assertThat(opened).isNotNull();
            assertThat(factory.device("forest")).isEqualTo(new Device(5));
        }
    }

    @Test
    void open_goldenVectorsEndInAnError_closesTheMember() throws Exception {
        Files.writeString(folder.resolve("forest.onnx.golden.csv"), "x,score\n1,0.5\n");
        factory.with("forest", row -> {
            throw new LinkageError("no such symbol");
        });
        assertThatThrownBy(() -> loader.open(forest("onnx", model, null), SETUP))
                .isInstanceOf(LinkageError.class);
        assertThat(factory.opened("forest").get(0).isClosed()).isTrue();
    }

    @Test
    void check_everythingWrong_namesAllAtTheMembersLine() {
        MemberProblem rule = new MemberProblem(9, "the rule does not compile");
        MemberLoader finding = new MemberLoader(List.of(new FakeMemberFactory("onnx").finding(rule)));

        List<MemberProblem> problems = finding.check(forest("onnx", model, "0".repeat(64)), COLUMNS);
        assertThat(problems).hasSize(2).contains(rule);
        assertThat(problems.get(0).line()).isEqualTo(7);
        assertThat(problems.get(0).message()).contains("checksum");

        assertThat(loader.check(forest("torchscript", folder.resolve("absent"), null), COLUMNS))
                .extracting(MemberProblem::message)
                .hasSize(2)
                .anyMatch(message -> message.contains("no model file"))
                .anyMatch(message -> message.contains("torchscript"));
    }

    @Test
    void check_nothingWrong_isEmptyAndOpensNothing() {
        assertThat(loader.check(forest("onnx", model, Sha256.hex(model)), COLUMNS))
                .isEmpty();
        assertThat(factory.opened("forest")).isEmpty();
    }

    private static MemberSpec forest(String kind, Path model, String sha256) {
        return new MemberSpec(
                "forest",
                kind,
                model,
                sha256,
                COLUMNS,
                MemberSpec.Input.ROWS,
                List.of(),
                MemberSpec.Score.of(0),
                MemberSpec.Standing.PLAIN,
                1,
                7);
    }
}
