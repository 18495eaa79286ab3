package io.tributary.app.cluster;

import io.tributary.app.UserError;
import io.tributary.app.embedded.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A JobManager and TaskManagers on this machine, processes of their own that outlive the command. */
public final class LocalCluster implements AutoCloseable {

    private static final Duration TIME_TO_START = Duration.ofSeconds(120);
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(15);
    private static final long GLANCE_MILLIS = 250;

    private final ClusterSettings settings;
    private final List<ClusterProcess> processes = new ArrayList<>();
    private volatile boolean isUp;

    private LocalCluster(ClusterSettings settings) {
        this.settings = settings;
    }

    /**
     * Starts the processes of one.
     *
     * @throws UserError if one runs in that folder already, or the port is taken
     */
    public static LocalCluster launch(ClusterSettings settings, Artifacts artifacts) {
        refuseSecond(settings.folder());
        if (!FreePorts.isFree(settings.port())) {
            throw new UserError("port " + settings.port() + " on " + ClusterSettings.HOST
                    + " is taken; choose another one with --port, or stop what listens there");
        }
        settings.metricsPorts()
                .filter(port -> !FreePorts.isFree(port))
                .findFirst()
                .ifPresent(port -> {
                    throw new UserError(
                            "port " + port + " on " + ClusterSettings.HOST + ", one of " + (settings.taskManagers() + 1)
                                    + " for metrics, is taken; choose others with --metrics-port, or stop what listens there");
                });
        List<Path> classPath = artifacts.classPath();
        LocalCluster cluster = new LocalCluster(settings);
        try {
            cluster.launch(new FlinkLauncher(settings, classPath));
            return cluster;
        } catch (IOException e) {
            cluster.close();
            throw new UncheckedIOException("the cluster in " + settings.folder() + " cannot be started", e);
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private static void refuseSecond(Path folder) {
        List<String> alive = recorded(folder).stream()
                .filter(ClusterProcess::isAlive)
                .map(each -> each.name() + " (pid " + each.pid() + ")")
                .toList();
        if (!alive.isEmpty()) {
            throw new UserError("a cluster runs in " + folder + " already: " + String.join(", ", alive)
                    + "; stop it with tributary cluster stop, or choose another folder with --dir");
        }
    }

    private void launch(FlinkLauncher launcher) throws IOException {
        launcher.prepare();
        processes.add(launcher.jobManager());
        for (int i = 1; i <= settings.taskManagers(); i++) {
            processes.add(launcher.taskManager(i));
        }
    }

    /**
     * Waits until all TaskManagers have registered. From then on the cluster runs until {@link #stop}.
     *
     * @param done told of each step
     * @throws UserError if a process ends or that takes too long
     */
    public void awaitRegistered(Consumer<String> done) throws InterruptedException {
        FlinkCluster flink = FlinkCluster.at(settings.url());
        long deadline = System.nanoTime() + TIME_TO_START.toNanos();
        int registered = -1;
        while (registered < settings.taskManagers()) {
            for (ClusterProcess each : processes) {
                if (!each.isAlive()) {
                    throw new UserError(each.name() + " has ended; see " + log(each));
                }
            }
            if (System.nanoTime() > deadline) {
                throw new UserError("only " + Math.max(0, registered) + " of " + settings.taskManagers()
                        + " TaskManagers have registered after " + TIME_TO_START.toSeconds() + " s; see "
                        + settings.folder().resolve(FlinkLauncher.LOGS));
            }
            int now = flink.taskManagersIfUp().orElse(-1);
            if (now >= 0 && registered < 0) {
                done.accept("JobManager up at " + settings.url());
                registered = 0;
            }
            for (; registered < now; registered++) {
                done.accept("TaskManager " + (registered + 1) + " of " + settings.taskManagers() + " registered");
            }
            Thread.sleep(GLANCE_MILLIS);
        }
        isUp = true;
    }

    /** Stops what has been started unless all of it is up. */
    @Override
    public void close() {
        if (!isUp) {
            stop(settings.folder());
        }
    }

    private Path log(ClusterProcess process) {
        return settings.folder().resolve(FlinkLauncher.LOGS).resolve(process.name() + ".log");
    }

    /**
     * Ends all processes of the cluster in a folder, however many of them still run.
     *
     * @return how many ran
     */
    public static int stop(Path folder) {
        List<ClusterProcess> all = recorded(folder);
        int running = (int) all.stream().filter(ClusterProcess::isAlive).count();
        boolean interrupted = Thread.interrupted();
        try {
            all.forEach(ClusterProcess::terminate);
            for (ClusterProcess each : all) {
                interrupted |= awaitEnd(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the cluster in " + folder + " cannot be stopped", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return running;
    }

    /** Waits whatever happens; says whether there was an interrupt. */
    private static boolean awaitEnd(ClusterProcess process) throws IOException {
        boolean interrupted = false;
        while (true) {
            try {
                process.awaitEnd(TIME_TO_STOP);
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    private static List<ClusterProcess> recorded(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ClusterProcess.SUFFIX))
                    .sorted()
                    .map(ClusterProcess::read)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }
}
