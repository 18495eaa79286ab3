package io.tributary.scoring;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A topic in memory: a test writes, a feed reads. */
final class FakeRecordLog {

    private final List<RawRecord> written = new CopyOnWriteArrayList<>();
    private volatile boolean closed;
    private volatile int read;

    /** Topics on which nothing is ever written. */
    static WeightsSource nothing() {
        return (spec, reader) -> new FakeRecordLog().open();
    }

    void write(byte @Nullable [] key, byte @Nullable [] value) {
        written.add(new RawRecord("weights", 0, written.size(), key, value, null, null));
    }

    /** Whether all that was written has been read by somebody. */
    boolean isRead() {
        return read == written.size();
    }

    /** Whether a reader has closed it. */
    boolean isClosed() {
        return closed;
    }

    RecordLog open() {
        return new RecordLog() {
            private final Semaphore wokenUp = new Semaphore(0);
            private int next;

            @Override
            public void readToEnd(Consumer<RawRecord> into) {
                fresh().forEach(into);
            }

            private List<RawRecord> fresh() {
                List<RawRecord> all = List.copyOf(written);
                List<RawRecord> fresh = all.subList(next, all.size());
                next = all.size();
                read = next;
                return fresh;
            }

            @Override
            public List<RawRecord> read(Duration patience) {
                List<RawRecord> fresh = fresh();
                try {
                    if (fresh.isEmpty() && wokenUp.tryAcquire(1, TimeUnit.MILLISECONDS)) {
                        return List.of();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return fresh;
            }

            @Override
            public void wakeUp() {
                wokenUp.release();
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }
}
