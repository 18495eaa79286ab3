package io.tributary.app.command;

import io.tributary.app.ExitCode;
import io.tributary.app.cluster.Artifacts;
import io.tributary.app.cluster.ClusterSettings;
import io.tributary.app.cluster.LocalCluster;
import io.tributary.app.report.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary cluster start}. */
@Command(
        name = "start",
        header = "Start a Flink cluster on this machine.",
        description =
                "Starts a JobManager and TaskManagers as processes of their own, with the runtime jar on their class path, "
                        + "and waits until all have registered. They run until tributary cluster stop.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tributary cluster start --taskmanagers 2 --slots 2 --port 8082",
            "  tributary cluster start --heap 1024 --dir /var/lib/flink"
        })
final class ClusterStartCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final ClusterFolderOption folder = new ClusterFolderOption();

    @Option(
            names = "--taskmanagers",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many TaskManagers. Default: ${DEFAULT-VALUE}.")
    private int taskManagers;

    @Option(
            names = "--slots",
            paramLabel = "S",
            defaultValue = "2",
            description = "How many slots each has. Default: ${DEFAULT-VALUE}.")
    private int slots;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8081",
            description = "The port of Flink's REST API and web pages. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--heap",
            paramLabel = "MB",
            defaultValue = "384",
            description = "The heap of each TaskManager for its tasks, from which slots with stated resources are cut."
                    + " Default: ${DEFAULT-VALUE}.")
    private int heap;

    @Option(
            names = "--off-heap",
            paramLabel = "MB",
            defaultValue = "64",
            description = "Its memory outside of the heap, in the same way. Default: ${DEFAULT-VALUE}.")
    private int offHeap;

    @Option(
            names = "--managed",
            paramLabel = "MB",
            defaultValue = "16",
            description = "Its managed memory, in the same way. Default: ${DEFAULT-VALUE}.")
    private int managed;

    @Option(
            names = "--metrics-port",
            paramLabel = "P",
            defaultValue = "0",
            description =
                    "Serve metrics for Prometheus: the JobManager and each TaskManager take one of the ports from P on,"
                            + " such as 9249, at every address of this machine and without a password. Default: none.")
    private int metricsPort;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws InterruptedException {
        json.check();
        ClusterSettings settings = new ClusterSettings(
                folder.folder(),
                taskManagers,
                slots,
                port,
                new ClusterSettings.Memory(heap, offHeap, managed),
                metricsPort);
        try (Session session = new Session(json.lines())) {
            LocalCluster cluster = session.closeAtEnd(LocalCluster.launch(settings, new Artifacts(Session.home())));
            cluster.awaitRegistered(session::done);
            if (metricsPort > 0) {
                session.done("metrics at ports " + metricsPort + " to " + (metricsPort + taskManagers));
            }
            json.show(
                    () -> Json.object()
                            .put("url", settings.url())
                            .put("folder", settings.folder().toString())
                            .put("taskManagers", taskManagers)
                            .put("slots", slots),
                    () -> session.say("Flink runs in " + settings.folder() + " until tributary cluster stop."));
        }
        return ExitCode.DONE.code();
    }
}
