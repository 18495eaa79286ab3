package io.tributary.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventKeyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "e-1",
                "späť",
                "123e4567-e89b-12d3-a456-426614174000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                "00000000-0000-0000-0000-000000000000",
                "123E4567-e89b-12d3-a456-426614174000",
                "123e4567-e89b-12d3-a456-42661417400g",
                "123e4567xe89b-12d3-a456-426614174000",
                "123e4567-e89b-12d3-a456-42661417400٣",
                "123e4567e89b12d3a456426614174000",
                "123e4567-e89b-12d3-a456-4266141740001"
            })
    void unpack_ofAnyId_isThatId(String id) {
        assertThat(EventKey.unpack(EventKey.pack(id))).isEqualTo(id);
    }

    @Test
    void pack_ofAUuid_takes17Bytes() {
        for (long seed = 0; seed < 100; seed++) {
            String id = new UUID(seed * 0x9E3779B97F4A7C15L, ~seed * 0xBF58476D1CE4E5B9L).toString();
            byte[] key = EventKey.pack(id);

            assertThat(key).hasSize(17);
            assertThat(EventKey.unpack(key)).isEqualTo(id);
        }
    }

    @Test
    void unpack_ofOtherBytes_saysWhatToDo() {
        assertThatThrownBy(() -> EventKey.unpack(Harness.bytes("e-1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another version of Tributary");
    }
}
