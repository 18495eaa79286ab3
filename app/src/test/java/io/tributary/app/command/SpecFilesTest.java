package io.tributary.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.spec.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What validate finds in the files that a spec names. */
class SpecFilesTest {

    private static final Path TOKENIZER =
            Path.of(System.getProperty("tributary.home"), "members/src/test/resources/models/words.json");

    @TempDir
    Path folder;

    @Test
    void read_tokenizers_areOpenedAndEachProblemStandsAtItsLine() throws Exception {
        assertThat(SpecFiles.read(spec("length: 8", TOKENIZER)).features().width())
                .isEqualTo(9);
        assertThatThrownBy(() -> SpecFiles.read(spec("length: 8, sha256: " + "0".repeat(64), TOKENIZER)))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("spec.yaml:5: feature note: " + TOKENIZER + " has checksum ");
        assertThatThrownBy(() -> SpecFiles.read(spec("length: 1", TOKENIZER)))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("spec.yaml:5: feature note: " + TOKENIZER + " adds 2 special tokens");
        assertThatThrownBy(() -> SpecFiles.read(spec("length: 8", Path.of("absent.json"))))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("spec.yaml:5: feature note: there is no tokenizer file ");
    }

    private Path spec(String keys, Path tokenizer) throws IOException {
        return Files.writeString(folder.resolve("spec.yaml"), """
                ensemble: test
                events: {topic: t, id: id, time: at}
                features:
                  - x
                  - {field: note, tokenizer: '%s', %s}
                members:
                  m: {rules: [{when: x > 1, score: 0.5}]}
                """.formatted(tokenizer, keys));
    }
}
