package io.tributary.benchmarks.section;

import io.tributary.app.command.Session;
import io.tributary.benchmarks.process.ChildJvm;
import io.tributary.benchmarks.process.StackProcess;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a section is given: how thorough to be, where to work, and processes. All of it is closed when the run ends. */
public final class Bench {

    private final Settings settings;
    private final Progress progress;
    private final Session session;
    private @Nullable StackProcess stack;
    private int jvms;

    /** For one run of the command. */
    public Bench(Settings settings, Progress progress, Session session) {
        this.settings = settings;
        this.progress = progress;
        this.session = session;
    }

    /** How thorough to be. */
    public Settings settings() {
        return settings;
    }

    /** Where to say what is being done. */
    public Progress progress() {
        return progress;
    }

    /** The module's own folder, with the models that it measures. */
    public Path home() {
        return Session.home().resolve("benchmarks");
    }

    /** A folder that is deleted at the end. */
    public Path folder(String name) {
        return session.work().folder(name);
    }

    /** The broker and the registry, in a process of their own; started when first asked for, shared by all sections. */
    public StackProcess.Addresses stack() {
        if (stack == null) {
            progress.doing("starting a broker and a schema registry");
            stack = closeAtEnd(StackProcess.start(folder("stack"), Session.registryHome()));
        }
        return stack.addresses();
    }

    /**
     * Starts a JVM to measure in.
     *
     * @param name what it is for
     * @param options of the JVM, such as {@code -Xmx1g}
     */
    public ChildJvm jvm(String name, List<String> options) {
        return closeAtEnd(ChildJvm.start(folder("jvms"), ++jvms + "-" + name, options));
    }

    /** Has something closed when the run ends. */
    public <T extends AutoCloseable> T closeAtEnd(T what) {
        return session.closeAtEnd(what);
    }
}
