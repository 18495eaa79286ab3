package io.tributary.app.backtest;

import io.tributary.core.learn.LearnerSettings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a learner was told: the parameters that it reads, alone. */
final class ChosenSettings {

    private ChosenSettings() {}

    /** The parameters by their names; NaN for the learner's default, infinite for never. */
    static Map<String, Double> of(String learner, LearnerSettings settings) {
        Map<String, Double> chosen = new LinkedHashMap<>();
        switch (learner) {
            case "hedge" -> chosen.put("eta", settings.eta());
            case "fixed-share" -> {
                chosen.put("eta", settings.eta());
                chosen.put("alpha", settings.alpha());
            }
            case "ogd" -> chosen.put("alpha", settings.alpha());
            case "accuracy" -> {
                chosen.put("window", settings.window());
                chosen.put("lambda", settings.lambda());
            }
            case "stack" -> {
                chosen.put("prior", settings.prior());
                chosen.put("window", settings.window());
            }
            default -> {
                return chosen;
            }
        }
        return chosen;
    }

    /** The same for people. */
    static String text(String learner, LearnerSettings settings) {
        return of(learner, settings).entrySet().stream()
                .map(each -> each.getKey() + " " + number(each.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String number(double value) {
        return Double.isNaN(value)
                ? "default"
                : Double.isInfinite(value) ? "infinite" : String.format(Locale.ROOT, "%.4g", value);
    }
}
