package io.tributary.scoring;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The records of a topic, from its beginning on. One thread reads; any may interrupt the reading. */
interface RecordLog extends AutoCloseable {

    /**
     * Hands over what has been written up to now and was not read yet, oldest first within a partition.
     *
     * @throws IllegalStateException if the topic's end is not reached in time
     */
    void readToEnd(Consumer<RawRecord> into);

    /**
     * What has been written since the last call; waits for it as long as given.
     *
     * @return empty if nothing was written or {@link #wakeUp} was called
     */
    List<RawRecord> read(Duration patience);

    /** Ends a {@link #read} that waits. */
    void wakeUp();

    /** Called by the thread that reads, or once it has ended. */
    @Override
    void close();
}
