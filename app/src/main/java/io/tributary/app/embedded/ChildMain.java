package io.tributary.app.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Runs the main class that its first argument names, in a child JVM, until standard input ends. The parent holds the
 * other end of that pipe, so the child ends with the parent however that ends.
 *
 * <p>It is copied to the child's class path as this one class file: it must need no other class of ours.
 */
public final class ChildMain extends Thread {

    private ChildMain() {
        super("parent-watch");
        setDaemon(true);
    }

    /** Runs {@code args[0]} with the remaining arguments. */
    public static void main(String[] args) throws ReflectiveOperationException {
        new ChildMain().start();
        Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(args, 1, args.length));
    }

    @Override
    public void run() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("lost the parent: " + e);
        }
        Runtime.getRuntime().halt(0);
    }
}
