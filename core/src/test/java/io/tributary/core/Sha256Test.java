package io.tributary.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {

    @TempDir
    Path folder;

    @Test
    void hex_knownAnswers() {
        assertThat(Sha256.hex(new byte[0]))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Sha256.hex("abc".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void hex_fileOfSeveralChunks_isThatOfItsBytes() throws IOException {
        byte[] bytes = new byte[200_001];
        new Random(5).nextBytes(bytes);
        Path file = Files.write(folder.resolve("model"), bytes);
        assertThat(Sha256.hex(file)).isEqualTo(Sha256.hex(bytes));
    }

    @Test
    void hex_absentFile_throws() {
        assertThatThrownBy(() -> Sha256.hex(folder.resolve("absent"))).isInstanceOf(UncheckedIOException.class);
    }
}
