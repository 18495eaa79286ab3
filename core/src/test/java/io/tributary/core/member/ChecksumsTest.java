package io.tributary.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.Sha256;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.core.spec.SpecParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksumsTest {

    @TempDir
    private Path folder;

    @Test
    void of_models_isThatOfTheirFiles_andNothingOfOneThatIsNotThereUnlessTheSpecFixesIt() throws IOException {
        Files.writeString(folder.resolve("a.onnx"), "a model");

        String fixed = "ab".repeat(32);
        byte[][] checksums = of("a: {onnx: a.onnx}", "b: {onnx: b.onnx}", "c: {onnx: c.onnx, sha256: " + fixed + "}");

        assertThat(HexFormat.of().formatHex(checksums[0]))
                .isEqualTo(Sha256.hex("a model".getBytes(StandardCharsets.UTF_8)));
        assertThat(checksums[1]).isEmpty();
        assertThat(HexFormat.of().formatHex(checksums[2])).isEqualTo(fixed);
    }

    @Test
    void of_rules_changesWithWhatTheySay_andNotWithWhereTheyStand() {
        String rules = "a: {rules: [{when: x > 2.0, score: 0.3}, {when: x > 1.0, score: x / 9.0}], otherwise: 0.1}";
        byte[] first = of(rules)[0];

        assertThat(first).hasSize(32);
        assertThat(of("other: {onnx: b.onnx}", rules)[1]).isEqualTo(first);
        for (String[] change :
                new String[][] {{"2.0", "2.5"}, {"0.3", "0.35"}, {"x / 9", "x / 8"}, {"0.1}", "0.15}"}}) {
            String changed = rules.replace(change[0], change[1]);
            assertThat(changed).isNotEqualTo(rules);
            assertThat(of(changed)[0]).as(change[1]).isNotEqualTo(first);
        }
    }

    private byte[][] of(String... members) {
        String yaml = "ensemble: test\nevents: {topic: events, id: id, time: time}\nfeatures: [x]\nmembers:\n  "
                + String.join("\n  ", members) + "\n";
        EnsembleSpec spec = SpecParser.parse(yaml, folder.resolve("test.yaml"));
        return Checksums.of(spec.members());
    }
}
