package io.tributary.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.app.plane.Planes;
import io.tributary.app.play.Pace;
import io.tributary.app.play.PlayedEvent;
import io.tributary.app.play.Player;
import io.tributary.app.play.Tally;
import io.tributary.app.play.Watch;
import io.tributary.core.spec.EnsembleSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The planes know of each other by topics alone: started apart they do what they do together. */
class PlanesApartTest {

    @Test
    void planes_startedApart_scoreAndLearn() throws Exception {
        Stack stack = Stack.shared();
        EnsembleSpec spec = stack.fraud("apart");
        stack.prepare(spec);
        List<PlayedEvent> events = Payments.played(spec, stack.registry()).subList(0, 300);
        Tally tally = new Tally(spec, events);
        try (Planes learning = Planes.start(spec, settings(stack, Planes.Which.LEARNING));
                Planes scoring = Planes.start(spec, settings(stack, Planes.Which.SCORING))) {
            learning.awaitRunning(progress -> assertThat(progress).startsWith("learning plane"));
            scoring.awaitRunning(progress -> assertThat(progress).startsWith("scoring plane"));
            try (Watch watch = Watch.start(spec, stack.registry(), tally);
                    Player player = new Player(spec, stack.registry(), tally, Duration.ofDays(1), scoring::failure)) {
                player.play(new Pace.Lockstep(100));
                assertThat(watch.failure()).isNull();
            }
            assertThat(learning.failure()).isEmpty();
        }

        assertThat(tally.predictions()).isEqualTo(300);
        assertThat(tally.weights().version()).isEqualTo(300);
    }

    private static Planes.Settings settings(Stack stack, Planes.Which which) {
        return new Planes.Settings(stack.work(), null, 1, Duration.ofMillis(500), which, null);
    }
}
