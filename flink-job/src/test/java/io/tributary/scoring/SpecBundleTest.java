package io.tributary.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.FeatureSpec;
import io.tributary.core.spec.SpecParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spec travels in the job's jar with all files that it names, wherever these lay. */
class SpecBundleTest {

    private static final String SHA_OF_ONE = "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a";

    @TempDir
    private Path folder;

    private Path jobJar;
    private Path bundled;

    @BeforeEach
    void jobJar() throws IOException {
        jobJar = folder.resolve("job.jar");
        bundled = folder.resolve("bundled.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jobJar))) {
            out.putNextEntry(new ZipEntry("some/Class.class"));
            out.write(new byte[] {1, 2, 3});
        }
    }

    @Test
    void spec_outOfTheJar_findsItsFilesAfterTheOriginalsAreGone() throws Exception {
        EnsembleSpec spec = spec();
        SpecBundle.write(spec, jobJar, bundled);
        Files.delete(folder.resolve("specs/models/a.onnx"));
        Files.delete(folder.resolve("b.pt"));
        Files.delete(folder.resolve("event.avsc"));
        Files.delete(folder.resolve("tokenizer.json"));
        Files.delete(spec.file());

        try (URLClassLoader loader = loader(bundled)) {
            SpecBundle bundle = SpecBundle.in(loader);
            EnsembleSpec there = bundle.spec();

            assertThat(bundle.text()).startsWith("ensemble: test");
            assertThat(there.file()).isEqualTo(spec.file());
            assertThat(there.members().get(0).model()).hasFileName("a.onnx").hasContent("model a");
            assertThat(there.members().get(1).model()).hasFileName("b.pt").hasContent("model b");
            assertThat(there.events().schema()).hasContent("schema");
            assertThat(there.features().features().get(1))
                    .isInstanceOfSatisfying(
                            FeatureSpec.Tokens.class,
                            tokens -> assertThat(tokens.tokenizer().path())
                                    .hasFileName("tokenizer.json")
                                    .hasContent("tokens"));
            assertThat(bundle.spec()).as("unpacked once").isEqualTo(there);
        }
    }

    @Test
    void place_modelWithGoldenVectors_hasThemBesideIt() throws Exception {
        EnsembleSpec spec = spec();
        Files.writeString(folder.resolve("specs/models/a.onnx.golden.csv"), "x,score");
        SpecBundle.write(spec, jobJar, bundled);

        try (URLClassLoader loader = loader(bundled)) {
            Path model = SpecBundle.in(loader).spec().members().get(0).model();
            assertThat(model.resolveSibling("a.onnx.golden.csv")).hasContent("x,score");
            assertThat(SpecBundle.in(loader).spec().members().get(1).model().resolveSibling("b.pt.golden.csv"))
                    .doesNotExist();
        }
    }

    @Test
    void place_modelWhoseWeightsLieInAnotherFile_hasThemBesideIt() throws Exception {
        EnsembleSpec spec = spec();
        Files.writeString(folder.resolve("specs/models/a.onnx"), "\n\blocation\u0012\tweights.b");
        Files.writeString(folder.resolve("specs/models/weights.b"), "weights");
        SpecBundle.write(spec, jobJar, bundled);

        try (URLClassLoader loader = loader(bundled)) {
            Path model = SpecBundle.in(loader).spec().members().get(0).model();
            assertThat(model.resolveSibling("weights.b")).hasContent("weights");
        }
    }

    @Test
    void write_jobJar_keepsWhatIsInIt() throws Exception {
        SpecBundle.write(spec(), jobJar, bundled);

        try (JarFile jar = new JarFile(bundled.toFile())) {
            assertThat(jar.getInputStream(jar.getEntry("some/Class.class")).readAllBytes())
                    .containsExactly(1, 2, 3);
        }
    }

    @Test
    void place_fileOutsideTheBundle_isWhereItWas() throws Exception {
        SpecBundle.write(spec(), jobJar, bundled);

        try (URLClassLoader loader = loader(bundled)) {
            Path other = folder.resolve("other");
            assertThat(SpecBundle.in(loader).place(other)).isEqualTo(other);
        }
    }

    @Test
    void in_jarWithoutASpec_saysHowToMakeOne() throws Exception {
        try (URLClassLoader loader = loader(jobJar)) {
            assertThatThrownBy(() -> SpecBundle.in(loader))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("tributary submit SPEC --save FILE.jar");
        }
    }

    @Test
    void unpack_changedContent_isRefused_andNotKept() throws IOException {
        assertThatThrownBy(() -> UnpackedFiles.unpack(
                        "folder", "model", "0".repeat(64), () -> new ByteArrayInputStream(new byte[] {1})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has checksum")
                .hasMessageContaining("submit it again");
        Path right =
                UnpackedFiles.unpack("folder", "right", SHA_OF_ONE, () -> new ByteArrayInputStream(new byte[] {1}));
        assertThat(right.getParent()).isDirectoryNotContaining("glob:**.part");
    }

    private EnsembleSpec spec() throws IOException {
        Files.createDirectories(folder.resolve("specs/models"));
        Files.writeString(folder.resolve("specs/models/a.onnx"), "model a");
        Files.writeString(folder.resolve("b.pt"), "model b");
        Files.writeString(folder.resolve("event.avsc"), "schema");
        Files.writeString(folder.resolve("tokenizer.json"), "tokens");
        String yaml = """
                ensemble: test
                events: {topic: t, id: i, time: at, schema: ../event.avsc}
                features: [x, {field: note, tokenizer: ../tokenizer.json, length: 4, pad: 0}]
                members:
                  a: {onnx: models/a.onnx}
                  b: {torchscript: %s}
                """.formatted(folder.resolve("b.pt"));
        return SpecParser.parse(Files.writeString(folder.resolve("specs/test.yaml"), yaml));
    }

    private static URLClassLoader loader(Path jar) throws IOException {
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
    }
}
