package io.tributary.core.measure;

/** The figures straight from their definitions, however slow. */
final class Definitions {

    private Definitions() {}

    /** The chance that a positive outranks a negative, ties half. */
    static double auc(double[] scores, boolean[] positive) {
        double wins = 0;
        long pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (positive[i] && !positive[j]) {
                    wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        return wins / pairs;
    }

    /** The mean over positives of the precision among all that score at least as high. */
    static double averagePrecision(double[] scores, boolean[] positive) {
        double sum = 0;
        long positives = 0;
        for (int i = 0; i < scores.length; i++) {
            if (positive[i]) {
                long above = 0;
                long hits = 0;
                for (int j = 0; j < scores.length; j++) {
                    above += scores[j] >= scores[i] ? 1 : 0;
                    hits += scores[j] >= scores[i] && positive[j] ? 1 : 0;
                }
                sum += (double) hits / above;
                positives++;
            }
        }
        return sum / positives;
    }

    static double logLoss(double[] scores, boolean[] positive, double clip) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            double p = Math.min(1 - clip, Math.max(clip, scores[i]));
            sum -= Math.log(positive[i] ? p : 1 - p);
        }
        return sum / scores.length;
    }

    static double brier(double[] scores, boolean[] positive) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            sum += Math.pow(scores[i] - (positive[i] ? 1 : 0), 2);
        }
        return sum / scores.length;
    }
}
