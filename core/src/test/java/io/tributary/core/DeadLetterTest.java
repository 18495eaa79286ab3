package io.tributary.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    @Test
    void of_payloadAtTheLimit_isWholeWithoutChecksum() {
        byte[] value = filled(DeadLetter.MAX_PAYLOAD_BYTES);
        DeadLetter letter = letter("unreadable", new byte[] {1, 2}, value);

        assertThat(letter.payload()).isEqualTo(value);
        assertThat(letter.payloadLength()).isEqualTo(value.length);
        assertThat(letter.payloadSha256()).isNull();
        assertThat(letter.key()).containsExactly(1, 2);
        assertThat(letter.reason()).isEqualTo("unreadable");
    }

    @Test
    void of_payloadOverTheLimit_isCutWithLengthAndChecksumOfTheWhole() {
        byte[] value = filled(DeadLetter.MAX_PAYLOAD_BYTES + 1);
        DeadLetter letter = letter("unreadable", null, value);

        assertThat(letter.payload()).isEqualTo(Arrays.copyOf(value, DeadLetter.MAX_PAYLOAD_BYTES));
        assertThat(letter.payloadLength()).isEqualTo(value.length);
        assertThat(letter.payloadSha256()).isEqualTo(Sha256.hex(value));
        assertThat(letter.key()).isNull();
    }

    @Test
    void of_hugeKeyAndReason_fitsIntoABrokersRecordOfOneMebibyte() {
        int mebibyte = 1024 * 1024;
        DeadLetter letter = letter("quoted ".repeat(mebibyte), filled(mebibyte), filled(mebibyte));

        assertThat(letter.key()).isEqualTo(filled(DeadLetter.MAX_KEY_BYTES));
        assertThat(letter.reason()).hasSize(DeadLetter.MAX_REASON_CHARS).startsWith("quoted quoted");
        // The key is written twice: as the record's key and in the letter.
        int bytes = letter.payload().length
                + 2 * letter.key().length
                + 4 * letter.reason().length();
        assertThat(bytes).isLessThan(mebibyte * 3 / 4);
    }

    private static DeadLetter letter(String reason, byte[] key, byte[] value) {
        return DeadLetter.of("events", 3, 17, "decode", reason, key, value, 1000);
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }
}
