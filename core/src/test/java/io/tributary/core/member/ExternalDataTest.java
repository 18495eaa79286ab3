package io.tributary.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalDataTest {

    @TempDir
    private Path folder;

    private Path weights;

    @BeforeEach
    void writeWeights() throws IOException {
        weights = Files.writeString(folder.resolve("a.weights"), "weights");
    }

    @Test
    void of_modelThatNamesAFile_findsItOnce() throws Exception {
        String entry = "\n\blocation\u0012\ta.weights";
        assertThat(ExternalData.of(model("\n\n\blocat" + entry + "x" + entry))).containsExactly(weights);
    }

    @Test
    void of_filesThatAreNotBesideIt_areLeftOut() throws Exception {
        assertThat(ExternalData.of(model("\n\blocation\u0012\u0006absent"))).isEmpty();
        assertThat(ExternalData.of(model("\n\blocation\u0012\u0006../a.b"))).isEmpty();
    }

    @Test
    void of_modelInOneFile_isEmpty() throws Exception {
        assertThat(ExternalData.of(model("the location of a.weights"))).isEmpty();
        assertThat(ExternalData.of(model(""))).isEmpty();
        assertThat(ExternalData.of(model("\n\blocation\u0012"))).isEmpty();
        assertThat(ExternalData.of(model("\n\blocation\u0012\ta.we"))).isEmpty();
    }

    private Path model(String bytes) throws IOException {
        return Files.writeString(folder.resolve("a.onnx"), bytes, StandardCharsets.ISO_8859_1);
    }
}
