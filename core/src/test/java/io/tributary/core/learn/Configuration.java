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
                words[0].equals("EWA") ? new Hedge(hedgeEta) : new Boa(),
                Loss.named(words[1].equals("logloss") ? "log" : words[1]),
                words[2].equals("grad"),
                words[3].equals("sleep"),
                words[3].equals("prior") ? PRIOR : new double[0]);
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
