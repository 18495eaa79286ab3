package io.tributary.benchmarks.process;

import io.tributary.app.embedded.EmbeddedStack;
import io.tributary.app.embedded.WorkDirectory;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A broker and a schema registry in a process of their own with a fixed heap: what they spend is not counted as the
 * pipeline's, and what a pipeline spends does not slow their collector.
 *
 * @param jvm the process
 * @param addresses where they are reached
 */
public record StackProcess(ChildJvm jvm, Addresses addresses) implements AutoCloseable {

    private static final List<String> OPTIONS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseParallelGC");

    /**
     * Where the parts are reached.
     *
     * @param bootstrap the broker, as {@code host:port}
     * @param registryUrl the root of the registry's API
     */
    public record Addresses(String bootstrap, String registryUrl) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Starts both.
     *
     * @param folder where their files lie
     * @param registryHome the folder with the unpacked registry
     */
    public static StackProcess start(Path folder, Path registryHome) {
        ChildJvm jvm = ChildJvm.start(folder, "broker", OPTIONS);
        try {
            return new StackProcess(jvm, jvm.call(new Start(registryHome.toString())));
        } catch (RuntimeException e) {
            jvm.close();
            throw e;
        }
    }

    @Override
    public void close() {
        jvm.close();
    }

    private record Start(String registryHome) implements ChildTask<Addresses> {
        private static final long serialVersionUID = 1L;

        /** Keeps it from being collected. */
        private static @Nullable EmbeddedStack running;

        @Override
        public Addresses call() {
            EmbeddedStack stack = EmbeddedStack.start(WorkDirectory.create(), Path.of(registryHome), line -> {});
            running = stack;
            return new Addresses(stack.bootstrap(), stack.registryUrl());
        }
    }
}
