package io.tributary.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.core.Sha256;
import io.tributary.core.StatedFile;
import io.tributary.core.prepare.PreparationException;
import io.tributary.core.prepare.TextEncoder;
import io.tributary.core.prepare.TextEncoderLoader;
import io.tributary.core.spec.FeatureSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A text's ids are those that the tokenizers library gave it in Python. */
class TokenizerTest {

    private static final Path WORDS = Samples.file("words.json");
    private static final Path PAIRS = Samples.file("pairs.json");

    private final TextEncoderLoader loader = TextEncoderLoader.discover();

    @TempDir
    Path folder;

    static Object[] golden() throws Exception {
        return Files.readAllLines(Samples.file("golden-tokens.csv")).stream()
                .skip(1)
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void encode_anyText_givesTheTrainingLibrarysIds(String line) {
        String[] cells = line.split(",", 4);
        int length = Integer.parseInt(cells[1]);
        FeatureSpec.Tokens feature = switch (cells[0]) {
            case "words" -> tokens(WORDS, length, -1);
            case "pairs" -> tokens(PAIRS, length, 0);
            default -> tokens(PAIRS, length, 7);
        };
        try (TextEncoder encoder = loader.open(feature)) {
            float[] row = new float[length + 2];
            encoder.encode(cells[3].translateEscapes(), row, 1);

            float[] golden = new float[length + 2];
            String[] ids = cells[2].split(" ");
            assertThat(ids).hasSize(length);
            for (int i = 0; i < length; i++) {
                golden[i + 1] = Float.parseFloat(ids[i]);
            }
            assertThat(row).containsExactly(golden);
        }
    }

    @Test
    void check_rightFile_findsNothing() {
        assertThat(loader.check(tokens(new StatedFile(WORDS, Sha256.hex(WORDS)), 8, -1)))
                .isNull();
        assertThat(loader.check(tokens(PAIRS, 1, 0))).isNull();
    }

    @Test
    void check_fileThatIsNotTheStatedOne_saysWhy() {
        assertThat(loader.check(tokens(Path.of("absent.json"), 8, -1)))
                .isEqualTo(
                        "feature note: there is no tokenizer file absent.json; put it there or correct the path in the"
                                + " spec");
        assertThat(loader.check(tokens(new StatedFile(WORDS, "0".repeat(64)), 8, -1)))
                .startsWith("feature note: " + WORDS + " has checksum " + Sha256.hex(WORDS) + ", the spec says 0000");
    }

    @Test
    void check_fileThatIsNoTokenizer_saysWhy() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.json"), "{}");
        assertThat(loader.check(tokens(broken, 8, -1)))
                .isEqualTo(
                        "feature note: " + broken + " cannot be read as a tokenizer: Model missing. at line 1 column 2;"
                                + " save it with the tokenizers library, as tokenizer.json");
    }

    @Test
    void check_fileWithoutPadding_asksForAPad() {
        assertThat(loader.check(tokens(PAIRS, 8, -1)))
                .isEqualTo(
                        "feature note: " + PAIRS + " has no padding section; set pad to the id of the token that short"
                                + " texts are filled up with");
    }

    @Test
    void check_lengthThatSpecialTokensFill_isRefused() {
        assertThat(loader.check(tokens(WORDS, 2, -1)))
                .isEqualTo("feature note: " + WORDS
                        + " adds 2 special tokens to every text, and length is 2; set length" + " to more than that");
    }

    @Test
    void encode_whatTheModelHasNoTokenFor_isAProblemOfThatText() throws Exception {
        String words = Files.readString(WORDS)
                .replace("\"[UNK]\":1,", "")
                .replace("\"unk_token\":\"[UNK]\"", "\"unk_token\":\"[GONE]\"");
        Path file = Files.writeString(folder.resolve("known.json"), words);
        try (TextEncoder encoder = loader.open(tokens(file, 8, -1))) {
            float[] row = new float[8];
            assertThatThrownBy(() -> encoder.encode("漢", row, 0))
                    .isInstanceOf(PreparationException.class)
                    .hasMessageContainingAll("feature note", "cannot split the text");
            encoder.encode("rent", row, 0);
            assertThat(Arrays.copyOf(row, 3)).containsExactly(2, 13, 3);
        }
    }

    @Test
    void close_twice_doesNothingAndLaterTextsAreRefused() {
        TextEncoder encoder = loader.open(tokens(WORDS, 8, -1));
        encoder.close();
        encoder.close();
        assertThatThrownBy(() -> encoder.encode("rent", new float[8], 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the tokenizer of feature note is closed");
    }

    private static FeatureSpec.Tokens tokens(Path file, int length, int pad) {
        return tokens(new StatedFile(file, null), length, pad);
    }

    private static FeatureSpec.Tokens tokens(StatedFile file, int length, int pad) {
        return new FeatureSpec.Tokens("note", "note", file, length, pad, null);
    }
}
