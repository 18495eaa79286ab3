package io.tributary.scoring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The calls of one member: one after the other, in the order in which they were asked for, on whichever thread is free.
 * Members take turns, a call each, where they share threads.
 */
final class CallQueue implements Runnable {

    private final Executor threads;
    private final Runnable whenClosed;
    private final Deque<Runnable> calls = new ArrayDeque<>();
    private boolean taken;
    private boolean closed;

    /**
     * No call yet.
     *
     * @param whenClosed run once no call is running, nor will be
     */
    CallQueue(Executor threads, Runnable whenClosed) {
        this.threads = threads;
        this.whenClosed = whenClosed;
    }

    /** Asks for a call; does nothing if the queue is closed. */
    void add(Runnable call) {
        synchronized (this) {
            if (closed) {
                return;
            }
            calls.add(call);
            if (taken) {
                return;
            }
            taken = true;
        }
        takeTurn();
    }

    /** The next call; then others may have their turn. */
    @Override
    public void run() {
        Runnable call;
        synchronized (this) {
            call = calls.poll();
        }
        try {
            if (call != null) {
                call.run();
            }
        } finally {
            ran();
        }
    }

    private void ran() {
        boolean last;
        boolean again;
        synchronized (this) {
            last = closed;
            again = !calls.isEmpty();
            taken = again;
        }
        if (last) {
            whenClosed.run();
        } else if (again) {
            takeTurn();
        }
    }

    private void takeTurn() {
        try {
            threads.execute(this);
        } catch (RejectedExecutionException closedMeanwhile) {
            run();
        }
    }

    /** Drops the calls that are waiting; what is to be run then is on one of the threads, too. */
    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            calls.clear();
            if (taken) {
                return;
            }
            taken = true;
        }
        takeTurn();
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
