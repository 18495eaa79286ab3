package io.tributary.app.backtest;

import io.tributary.core.learn.LearnerSettings;
import java.util.Locale;

/** What a learner was told, for people: the parameters that it reads, alone. */
final class SettingsText {

    private SettingsText() {}

    static String of(String learner, LearnerSettings settings) {
        return switch (learner) {
            case "hedge" -> part("eta", settings.eta());
            case "fixed-share" -> part("eta", settings.eta()) + " " + part("alpha", settings.alpha());
            case "ogd" -> part("alpha", settings.alpha());
            case "accuracy" -> part("window", settings.window()) + " " + part("lambda", settings.lambda());
            case "stack" -> part("prior", settings.prior()) + " " + part("window", settings.window());
            default -> "nothing to tell";
        };
    }

    private static String part(String name, double value) {
        String text = Double.isNaN(value)
                ? "default"
                : Double.isInfinite(value) ? "infinite" : String.format(Locale.ROOT, "%.4g", value);
        return name + " " + text;
    }
}
