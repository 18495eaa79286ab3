package io.tributary.core.measure;

import io.tributary.core.Task;
import java.util.List;

/** What can be said of a scorer's worth in one number. */
public enum Figure {
    /** Mean −ln of the probability given to what happened. */
    LOG_LOSS("logLoss", true),
    /** Mean squared difference between probability and label; with several classes summed over them. */
    BRIER("brier", true),
    /** The share of events for which the decision at the threshold, or the likeliest class, was right. */
    ACCURACY("accuracy", false),
    /** Area under the receiver operating curve. */
    AUC("auc", false),
    /** Area under the precision-recall curve, as a sum over recall steps. */
    AVERAGE_PRECISION("averagePrecision", false),
    /** The share of positives among those held to be positive at the threshold. */
    PRECISION("precision", false),
    /** The share of the positives that are held to be positive at the threshold. */
    RECALL("recall", false),
    /** The harmonic mean of precision and recall. */
    F1("f1", false),
    /**
     * Kappa-temporal (Žliobaitė et al. 2015, "Evaluation methods and decision theory for classification of streaming data
     * with temporal dependence"): (p − q)/(1 − q), p the accuracy and q that of saying the label before, in the order in
     * which labels come. 0 is no better than that, 1 is perfect.
     */
    KAPPA_TEMPORAL("kappaTemporal", false),
    /** The root of the mean squared difference, in the target's unit. */
    RMSE("rmse", true),
    /** The mean absolute difference, in the target's unit. */
    MAE("mae", true),
    /** The mean absolute difference as a share of the label, a fraction; labels of 0 are left out. */
    MAPE("mape", true),
    /** The mean pinball loss at the task's quantile, in the target's unit. */
    PINBALL("pinball", true),
    /** The share of labels inside the emitted interval; for a quantile the share at or below the score. */
    COVERAGE("coverage", false),
    /** The mean width of the emitted intervals, in the target's unit. */
    INTERVAL_WIDTH("intervalWidth", true);

    private final String label;
    private final boolean lowerIsBetter;

    Figure(String label, boolean lowerIsBetter) {
        this.label = label;
        this.lowerIsBetter = lowerIsBetter;
    }

    /** The figure as records and JSON name it. */
    public String label() {
        return label;
    }

    /** Whether a smaller number is a better one. */
    public boolean lowerIsBetter() {
        return lowerIsBetter;
    }

    /** The figures that apply to a task, the one it is judged by first. */
    public static List<Figure> of(Task task) {
        return switch (task) {
            case BINARY ->
                List.of(LOG_LOSS, BRIER, ACCURACY, AUC, AVERAGE_PRECISION, PRECISION, RECALL, F1, KAPPA_TEMPORAL);
            case MULTICLASS -> List.of(LOG_LOSS, BRIER, ACCURACY, KAPPA_TEMPORAL);
            case REGRESSION -> List.of(RMSE, MAE, MAPE, COVERAGE, INTERVAL_WIDTH);
            case QUANTILE -> List.of(PINBALL, MAE, COVERAGE);
        };
    }
}
