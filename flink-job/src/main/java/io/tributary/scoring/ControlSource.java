package io.tributary.scoring;

import io.tributary.core.control.Control;
import io.tributary.core.spec.EnsembleSpec;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Where an operator hears of new versions of the spec. */
interface ControlSource extends Serializable {

    /** What is said of the given ensemble, from the beginning on. */
    ControlLog open(EnsembleSpec spec);

    /** The control topic. */
    static ControlSource topic() {
        return ControlTopic::new;
    }

    /** Nobody says anything. */
    static ControlSource silence() {
        return spec -> new ControlLog() {
            @Override
            public void readToEnd(Consumer<Control> into) {}

            @Override
            public List<Control> read(Duration patience) {
                try {
                    Thread.sleep(patience.toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return List.of();
            }

            @Override
            public void say(Control control) {}

            @Override
            public void wakeUp() {}

            @Override
            public void close() {}
        };
    }
}
