package io.tributary.dashboard.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.core.DeadLetter;
import io.tributary.core.spec.TestSpecs;
import io.tributary.dashboard.live.LiveState;
import org.junit.jupiter.api.Test;

/** What pages are sent, and what becomes of those that do not take it. */
class BroadcastTest {

    private static final long T0 = 1_800_000_000_000L;

    private long now = T0;
    private final LiveState state = new LiveState(TestSpecs.of("a", "b"), () -> now);
    private final Broadcast broadcast = new Broadcast(state, () -> now);
    private long letters;

    private void letter() {
        state.deadLetter(new DeadLetter("t", 0, letters++, "decode", "Zürich", null, new byte[0], 0, null, now));
    }

    @Test
    void page_thatJoins_isToldEverythingAndThenTheChanges() throws Exception {
        letter();
        Outlet page = broadcast.join();
        broadcast.tick();
        letter();
        broadcast.tick();

        assertThat(page.take().text()).contains("\"whole\":true").contains("\"reason\":\"Z\\u00FCrich\"");
        page.take();
        assertThat(page.take().text()).contains("\"letters\"").doesNotContain("\"whole\":true");
    }

    @Test
    void page_whenNothingHappens_hearsThatItIsConnected() throws Exception {
        Outlet page = broadcast.join();
        for (int i = 0; i < 9; i++) {
            broadcast.tick();
        }

        page.take();
        page.take();
        assertThat(page.take().name()).isEqualTo("beat");
        assertThat(page.take().name()).isEqualTo("beat");
    }

    @Test
    void page_thatTakesNothing_isLetGoWithoutKeepingWhatWaits() throws Exception {
        Outlet slow = broadcast.join();
        for (int i = 0; i < 100; i++) {
            letter();
            broadcast.tick();
        }

        assertThat(slow.take()).isNull();
    }

    @Test
    void pages_beyondTheMost_areTurnedAwayUntilOneLeaves() {
        Outlet first = broadcast.join();
        while (broadcast.join() != null) {
            assertThat(first).isNotNull();
        }
        broadcast.leave(first);

        assertThat(broadcast.join()).isNotNull();
        assertThat(broadcast.join()).isNull();
    }

    @Test
    void close_endsAllPages() throws Exception {
        Outlet page = broadcast.join();
        broadcast.close();

        assertThat(page.take()).isNull();
    }
}
