package io.tributary.core.learn;

import java.util.Arrays;

/** One run of the comparison: {@code BOA-square-grad-sleep}, say, in the words of the reference implementation. */
record Configuration(
        String name, WeightLearner learner, Loss loss, boolean gradient, boolean sleeping, double[] prior) {

    private static final double[] PRIOR = {0.4, 0.3, 0.15, 0.1, 0.05};

    static Configuration named(String name, double hedgeEta) {
        String[] words = name.split("-", -1);
        return new Configuration(
                name,
                learner(words[0], hedgeEta),
                loss(words[1]),
                words[2].equals("grad"),
                words[3].equals("sleep"),
                words[3].equals("prior") ? PRIOR : new double[0]);
    }

    /** The same with another learner. */
    Configuration with(WeightLearner other) {
        return new Configuration(name, other, loss, gradient, sleeping, prior);
    }

    private static WeightLearner learner(String name, double hedgeEta) {
        return switch (name) {
            case "EWA" -> new Hedge(hedgeEta);
            case "FS" -> new FixedShare(hedgeEta, 0.01);
            case "BOA" -> new Boa();
            case "MLpol" -> new MlPoly();
            case "MLprod" -> new MlProd();
            case "MLewa" -> new MlEwa();
            case "OGD" -> new SimplexGradient(0.5);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Loss loss(String name) {
        return switch (name) {
            case "logloss" -> Loss.LOG;
            case "pinball01" -> Loss.pinball(0.1);
            default -> Loss.named(name, Double.NaN);
        };
    }

    double[] logPrior(int members) {
        double[] logs = new double[members];
        Arrays.setAll(logs, k -> prior.length == 0 ? -StrictMath.log(members) : StrictMath.log(prior[k]));
        return logs;
    }

    @Override
    public String toString() {
        return name;
    }
}
