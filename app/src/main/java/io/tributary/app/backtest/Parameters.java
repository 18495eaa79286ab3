package io.tributary.app.backtest;

import io.tributary.app.UsageError;
import io.tributary.app.UserError;
import io.tributary.core.learn.LearnerSettings;
import io.tributary.core.learn.Learners;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** The parameters given as {@code key=value}, for every learner, or {@code learner.key=value}, for one. */
public final class Parameters {

    /** What fusing goes by; the same for all learners. */
    private static final Map<String, Rule> FUSION = Map.of(
            "clip", new Rule(v -> v >= 1e-15 && v < 0.5, "in [1e-15, 0.5)"),
            "trim", new Rule(v -> v >= 0 && v < 0.5, "in [0, 0.5)"),
            "interval", new Rule(v -> v > 0 && v < 1, "in (0, 1)"),
            "threshold", new Rule(v -> v > 0 && v < 1, "in (0, 1)"));

    private static final Map<String, Rule> LEARNER = Map.of(
            "eta", new Rule(v -> v > 0 && v < Double.POSITIVE_INFINITY, "above 0"),
            "alpha", new Rule(v -> v >= 0 && v <= 1, "in [0, 1]"),
            "prior", new Rule(v -> v > 0 && v < Double.POSITIVE_INFINITY, "above 0"),
            "window", new Rule(v -> v >= 1, "at least 1"),
            "lambda", new Rule(v -> v >= 0 && v < Double.POSITIVE_INFINITY, "at least 0"),
            "gradient", new Rule(v -> v == 0 || v == 1, "true or false"));

    private final Map<String, Double> values = new TreeMap<>();

    private record Rule(DoublePredicate allowed, String text) {}

    /**
     * Parses them.
     *
     * @throws UserError naming the first that is wrong, and the rule
     */
    public Parameters(List<String> given) {
        for (String each : given) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw new UsageError("--param " + each + " must be key=value, or learner.key=value");
            }
            put(each.substring(0, equals).strip(), each.substring(equals + 1).strip());
        }
    }

    private void put(String key, String text) {
        int dot = key.lastIndexOf('.');
        String name = key.substring(dot + 1);
        Rule rule = dot < 0 ? FUSION.getOrDefault(name, LEARNER.get(name)) : LEARNER.get(name);
        if (rule == null || dot >= 0 && !Learners.NAMES.contains(key.substring(0, dot))) {
            throw new UsageError("--param " + key + " is none; known are "
                    + String.join(", ", new TreeMap<>(FUSION).keySet()) + ", and "
                    + String.join(", ", new TreeMap<>(LEARNER).keySet())
                    + ", these also for one learner, such as fixed-share.alpha=0.05");
        }
        double value = number(key, text, rule);
        if (!rule.allowed().test(value)) {
            throw new UsageError("--param " + key + " is " + text + ", must be " + rule.text());
        }
        values.put(key, value);
    }

    private static double number(String key, String text, Rule rule) {
        if (key.endsWith("gradient")) {
            return text.equals("true") ? 1 : text.equals("false") ? 0 : Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new UsageError("--param " + key + " is '" + text + "', must be a number " + rule.text(), e);
        }
    }

    /** A parameter of the fusion; the fallback where it was not given. */
    public double fusion(String name, double fallback) {
        return values.getOrDefault(name, fallback);
    }

    /** What a learner is told, where nothing was given as it is in the given settings. */
    public LearnerSettings settings(String learner, LearnerSettings otherwise) {
        LearnerSettings settings = otherwise;
        Double eta = of(learner, "eta");
        settings = eta == null ? settings : settings.withEta(eta);
        Double alpha = of(learner, "alpha");
        settings = alpha == null ? settings : settings.withAlpha(alpha);
        Double prior = of(learner, "prior");
        settings = prior == null ? settings : settings.withPrior(prior);
        Double window = of(learner, "window");
        settings = window == null ? settings : settings.withWindow(window);
        Double lambda = of(learner, "lambda");
        settings = lambda == null ? settings : settings.withLambda(lambda);
        Double gradient = of(learner, "gradient");
        return gradient == null ? settings : settings.withGradient(gradient == 1);
    }

    private @Nullable Double of(String learner, String name) {
        return values.getOrDefault(learner + "." + name, values.get(name));
    }
}
