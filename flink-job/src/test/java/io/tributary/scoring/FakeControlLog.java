package io.tributary.scoring;

import io.tributary.core.control.Control;
import io.tributary.core.spec.EnsembleSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is said about versions, in memory: a test publishes, an operator reads and answers. */
final class FakeControlLog {

    private final List<Control> said = new CopyOnWriteArrayList<>();

    void publish(String id, EnsembleSpec spec) throws IOException {
        said.add(Control.bundle(spec.ensemble(), id, spec.version(), 1, 0, 1, SpecBundle.pack(spec)));
    }

    void decide(String id, EnsembleSpec spec, @Nullable String problem) {
        said.add(Control.decision(spec.ensemble(), id, spec.version(), 1, problem));
    }

    /** What operators have answered. */
    List<Control> answers() {
        return said.stream().filter(each -> each.operator() != null).toList();
    }

    /** The log as one operator sees it. */
    ControlLog open() {
        return new ControlLog() {
            private int read;

            @Override
            public void readToEnd(Consumer<Control> into) {
                fresh().forEach(into);
            }

            private List<Control> fresh() {
                List<Control> all = List.copyOf(said);
                List<Control> fresh = all.subList(read, all.size());
                read += fresh.size();
                return fresh;
            }

            @Override
            public List<Control> read(Duration patience) {
                List<Control> fresh = fresh();
                if (fresh.isEmpty()) {
                    try {
                        Thread.sleep(1);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return fresh;
            }

            @Override
            public void say(Control control) {
                said.add(control);
            }

            @Override
            public void wakeUp() {}

            @Override
            public void close() {}
        };
    }
}
