package io.tributary.app.command;

import io.tributary.app.ExitCode;
import io.tributary.app.cluster.LocalCluster;
import io.tributary.app.report.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tributary cluster stop}. */
@Command(
        name = "stop",
        header = "Stop the Flink cluster on this machine.",
        description =
                "Ends all processes of the cluster, however many of them still run. Jobs are not asked first: stop them with "
                        + "tributary stop, which makes a savepoint.",
        footerHeading = "%nExamples:%n",
        footer = {"  tributary cluster stop", "  tributary cluster stop --dir /var/lib/flink"})
final class ClusterStopCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final ClusterFolderOption folder = new ClusterFolderOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        json.check();
        int stopped = LocalCluster.stop(folder.folder());
        String what = stopped == 0
                ? "no cluster runs in " + folder.folder()
                : stopped + (stopped == 1 ? " process" : " processes") + " of the cluster in " + folder.folder()
                        + " ended";
        json.show(
                () -> Json.object().put("folder", folder.folder().toString()).put("processesEnded", stopped),
                () -> json.lines().done(what));
        return ExitCode.DONE.code();
    }
}
