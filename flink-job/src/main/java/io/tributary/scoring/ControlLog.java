package io.tributary.scoring;

import io.tributary.core.control.Control;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What is said about new versions of a spec. One thread reads; any may say something, and interrupt the reading. */
interface ControlLog extends AutoCloseable {

    /** Hands over what has been said up to now and was not read yet, oldest first. */
    void readToEnd(Consumer<Control> into);

    /**
     * What has been said since the last call; waits for it as long as given.
     *
     * @return empty if nothing was said or {@link #wakeUp} was called
     */
    List<Control> read(Duration patience);

    /** Says something; returns before it is known to others. */
    void say(Control control);

    /** Ends a {@link #read} that waits. */
    void wakeUp();

    /** Called by the thread that reads, or once it has ended. */
    @Override
    void close();
}
