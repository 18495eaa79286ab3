package io.tributary.dashboard.serve;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** What waits to be sent to one page. A page that takes it too slowly is let go: it comes back and starts anew. */
final class Outlet {

    /** Half a minute's worth. */
    private static final int MOST_WAITING = 60;

    private static final Message END = new Message("end", "");

    private final BlockingQueue<Message> waiting = new ArrayBlockingQueue<>(MOST_WAITING + 1);

    /**
     * One event of the stream.
     *
     * @param name what kind of event
     * @param text its data, on one line
     */
    record Message(String name, String text) {}

    /** Hands on a message; false if too many wait already, and then no more is handed on. */
    synchronized boolean offer(Message message) {
        if (waiting.size() < MOST_WAITING && waiting.offer(message)) {
            return true;
        }
        end();
        return false;
    }

    /** Has nothing more sent. */
    synchronized void end() {
        waiting.clear();
        waiting.add(END);
    }

    /** Waits for the next message; null at the end. */
    @Nullable
    Message take() throws InterruptedException {
        Message message = waiting.take();
        return message == END ? null : message;
    }
}
