package io.tributary.dashboard.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AddressTest {

    private static final String TOKEN = "0123456789abcdef";

    @Test
    void address_thatOthersReach_needsAToken() {
        assertThatThrownBy(() -> new Address("0.0.0.0", 0, null))
                .isInstanceOf(DashboardException.class)
                .hasMessage(
                        "--dashboard-host is 0.0.0.0, which others can reach: say with --dashboard-token what they must"
                                + " know, or leave it at localhost");
        assertThat(new Address("0.0.0.0", 0, TOKEN).token()).isEqualTo(TOKEN);
        assertThat(new Address("127.0.0.1", 0, null).token()).isNull();
        assertThat(new Address("::1", 0, null).token()).isNull();
    }

    @Test
    void token_thatIsShort_isRefused() {
        assertThatThrownBy(() -> new Address("localhost", 0, "short"))
                .hasMessageContaining("has 5 characters, must have at least 16");
    }

    @Test
    void token_thatDoesNotFitACookie_isRefused() {
        for (String odd : new String[] {"; Path=/", "\"", " ", "ü", ",", "\n"}) {
            assertThatThrownBy(() -> new Address("localhost", 0, TOKEN + odd))
                    .isInstanceOf(DashboardException.class)
                    .hasMessageContaining("--dashboard-token may have A to Z, a to z, 0 to 9, _ and - only")
                    .hasMessageNotContaining(TOKEN);
        }
        assertThat(new Address("localhost", 0, "Zz_-" + TOKEN).token()).endsWith(TOKEN);
    }

    @Test
    void port_outOfRange_isRefused() {
        assertThatThrownBy(() -> Address.local(65_536)).hasMessageContaining("--dashboard-port is 65536");
    }
}
