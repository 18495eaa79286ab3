package io.tributary.app.command;

import io.tributary.app.ExitCode;
import io.tributary.core.spec.EnsembleSpec;
import io.tributary.dashboard.Dashboard;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tributary dashboard}. */
@Command(
        name = "dashboard",
        header = "Show how an ensemble does, live in a browser.",
        description =
                "Serves a page that is fed from the ensemble's topics, wherever its planes run, until Ctrl-C: members and"
                        + " their weights, losses, latency, drift, newest predictions and dead letters. Kafka, topics and planes may"
                        + " come and go. It only reads, and is in no consumer group.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tributary dashboard fraud.yaml",
            "  tributary dashboard fraud.yaml --learning http://learning-1:8077 --dashboard-port 0"
        })
final class DashboardCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec command;

    @Mixin
    private final SpecOption ensemble = new SpecOption();

    @Mixin
    private final DashboardOptions options = new DashboardOptions();

    @Option(
            names = "--learning",
            paramLabel = "URL",
            defaultValue = "http://localhost:8077",
            description =
                    "Where the learning plane answers in which record a prediction is; tributary run says it. Where"
                            + " nobody answers, the search looks among the newest predictions. Default: ${DEFAULT-VALUE}.")
    private String learning;

    @Override
    public Integer call() throws Exception {
        EnsembleSpec spec = ensemble.read();
        options.check();
        try (Session session = new Session(Lines.of(command))) {
            Dashboard dashboard = session.closeAtEnd(options.start(spec, SpecOption.registry(spec), learning));
            session.say("Dashboard of " + spec.ensemble() + " at " + dashboard.url() + ", until Ctrl-C.");
            Thread.sleep(Long.MAX_VALUE);
        }
        return ExitCode.DONE.code();
    }
}
