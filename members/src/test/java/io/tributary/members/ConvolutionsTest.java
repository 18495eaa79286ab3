package io.tributary.members;

import static io.tributary.members.Samples.COLUMNS;
import static io.tributary.members.Samples.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "onnx, convolution.onnx, true",
        "onnx, sequence.onnx, false",
        "onnx, logistic.onnx, false",
        "torchscript, convolution.onnx, false"
    })
    void in_aModelOfOnnxRuntimeWithANodeThatConvolves_isTrue(String kind, String model, boolean found) {
        assertThat(in(kind, file(model))).isEqualTo(found);
    }

    @Test
    void in_theGraphInsideANode_isTrue() throws IOException {
        String node = "2204" + hex("Conv");
        assertThat(in("onnx", written("3a0e" + "0a0c" + "2a0a" + "3208" + "0a06" + node)))
                .isTrue();
    }

    @Test
    void in_aFunction_isTrue() throws IOException {
        assertThat(in("onnx", written("ca0111" + "3a0f" + "220d" + hex("ConvTranspose"))))
                .isTrue();
    }

    @Test
    void in_anAttributeOfThatName_isFalse() throws IOException {
        assertThat(in("onnx", written("3a0a" + "0a08" + "2a06" + "2204" + hex("Conv"))))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"3a7f0a", "3a0e0a0c2a0a", "ffffffffffffffffffffff", "0b", "3affffffff7f"})
    void in_noModel_isFalse(String bytes) throws IOException {
        assertThat(in("onnx", written(bytes))).isFalse();
        assertThat(in("onnx", file("mlp.pt"))).isFalse();
    }

    private static boolean in(String kind, Path model) {
        return Convolutions.in(Samples.spec(kind, model, COLUMNS), model);
    }

    private Path written(String bytes) throws IOException {
        return Files.write(folder.resolve("model.onnx"), HexFormat.of().parseHex(bytes));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
