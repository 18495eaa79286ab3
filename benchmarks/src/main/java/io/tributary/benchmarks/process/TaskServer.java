package io.tributary.benchmarks.process;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Where a {@link ChildJvm} begins: does the tasks that come in by standard input, until that ends. */
final class TaskServer {

    private TaskServer() {}

    /** A task has failed. */
    record Failure(String stackTrace) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Reads, does and answers. */
    public static void main(String[] args) throws IOException, InterruptedException {
        ObjectOutputStream answers = new ObjectOutputStream(System.out);
        answers.flush();
        // What is printed by somebody's library must not get between the answers.
        System.setOut(System.err);
        BlockingQueue<ChildTask<?>> tasks = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(tasks), "tasks");
        reader.setDaemon(true);
        reader.start();
        while (true) {
            answers.writeObject(answer(tasks.take()));
            answers.reset();
            answers.flush();
        }
    }

    private static Object answer(ChildTask<?> task) {
        try {
            return task.call();
        } catch (Throwable e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            return new Failure(text.toString());
        }
    }

    /** The parent's end of the pipe closes when the parent ends, whatever ends it. */
    private static void read(BlockingQueue<ChildTask<?>> tasks) {
        try (ObjectInputStream in = new ObjectInputStream(System.in)) {
            while (true) {
                tasks.add((ChildTask<?>) in.readObject());
            }
        } catch (IOException | ClassNotFoundException e) {
            Runtime.getRuntime().halt(0);
        }
    }
}
