package io.tributary.app.command;

import io.tributary.app.UserError;
import io.tributary.app.embedded.EmbeddedStack;
import io.tributary.app.embedded.WorkDirectory;
import io.tributary.core.spec.EnsembleSpec;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a command has started: all of it is closed in reverse order when the command ends or the JVM is told to stop,
 * whichever comes first.
 */
public final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private static volatile @Nullable WorkDirectory folder;
    private static volatile @Nullable Session current;
    private static volatile boolean stopping;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Lines lines;
    private volatile Runnable beforeStopping = () -> {};
    private boolean closed;

    /** A session that tells people of its progress. */
    Session(Lines lines) {
        this.lines = lines;
        current = this;
    }

    /** A session that reports its progress to the given stream. */
    public Session(PrintStream out) {
        this(new Lines(new PrintWriter(new OutputStreamWriter(out, Charset.defaultCharset()), true), false));
    }

    /** Has the session of the moment closed, and then the folder deleted, when the JVM ends. */
    static void closeAtExit(WorkDirectory work) {
        folder = work;
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            Session session = current;
                            if (session != null) {
                                session.interrupted();
                            }
                            work.close();
                        },
                        "stop"));
    }

    /** Whether the JVM has been told to stop. */
    static boolean isStopping() {
        return stopping;
    }

    private void interrupted() {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        stopping = true;
        beforeStopping.run();
        System.err.println();
        System.err.println("stopping…");
        close();
    }

    /** Has something done first when the JVM is told to stop: what draws on the terminal lets go of it. */
    public void beforeStopping(Runnable action) {
        beforeStopping = action;
    }

    /** The run's temporary folder. */
    public WorkDirectory work() {
        WorkDirectory work = folder;
        if (work == null) {
            throw new IllegalStateException("the run has no temporary folder yet");
        }
        return work;
    }

    /** Says that something is done. */
    void done(String what) {
        lines.done(what);
    }

    /** Says something. */
    void say(String what) {
        lines.say(what);
    }

    /** What it tells people with. */
    Lines lines() {
        return lines;
    }

    /** Has something closed at the end; at once if the end has come. */
    public synchronized <T extends AutoCloseable> T closeAtEnd(T what) {
        if (closed) {
            closeQuietly(what);
            throw new UserError("this run is ending");
        }
        open.push(what);
        return what;
    }

    /** Starts a broker and a registry here, and points the spec at them. */
    EnsembleSpec embedded(EnsembleSpec spec) {
        EmbeddedStack stack = closeAtEnd(EmbeddedStack.start(work(), registryHome(), this::done));
        return spec.at(stack.bootstrap(), stack.registryUrl());
    }

    /** The folder that the embedded registry is started from. */
    public static Path registryHome() {
        return home().resolve("app").resolve("target").resolve("apicurio");
    }

    /** The folder that the product lies in. */
    public static Path home() {
        return Path.of(System.getProperty("tributary.home", "."))
                .toAbsolutePath()
                .normalize();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        while (!open.isEmpty()) {
            closeQuietly(open.pop());
        }
    }

    private static void closeQuietly(AutoCloseable what) {
        try {
            what.close();
        } catch (Exception e) {
            LOG.debug("while closing {}", what, e);
        }
    }
}
