package io.tributary.app.command;

import io.tributary.app.UsageError;
import io.tributary.app.demo.Scenario;
import picocli.CommandLine.Parameters;

/** Which simulated world. */
final class ScenarioOption {

    @Parameters(
            arity = "0..1",
            paramLabel = "EXAMPLE",
            defaultValue = "fraud",
            description = "fraud: card payments, with labels a week late. traffic: forecasts of road traffic. Default: "
                    + "${DEFAULT-VALUE}.")
    private String name = "fraud";

    /** The scenario. */
    Scenario scenario() {
        Scenario scenario = Scenario.named(name);
        if (scenario == null) {
            throw new UsageError("there is no example " + name + "; there are "
                    + String.join(
                            ", ", Scenario.ALL.stream().map(Scenario::name).toList()));
        }
        return scenario;
    }
}
