package io.tributary.core.measure;

import io.tributary.core.Task;
import java.util.List;

/** What can be said of a scorer's worth in one number. */
public enum Figure {
    /** Mean −ln of the probability given to what happened. */
    LOG_LOSS("logLoss", Better.LOWER),
    /** Mean squared difference between probability and label; with several classes summed over them. */
    BRIER("brier", Better.LOWER),
    /** The share of events for which the decision at the threshold, or the likeliest class, was right. */
    ACCURACY("accuracy", Better.HIGHER),
    /** Area under the receiver operating curve. */
    AUC("auc", Better.HIGHER),
    /** Area under the precision-recall curve, as a sum over recall steps. */
    AVERAGE_PRECISION("averagePrecision", Better.HIGHER),
    /** The share of positives among those held to be positive at the threshold. */
    PRECISION("precision", Better.HIGHER),
    /** The share of the positives that are held to be positive at the threshold. */
    RECALL("recall", Better.HIGHER),
    /** The harmonic mean of precision and recall. */
    F1("f1", Better.HIGHER),
    /** The mean over the classes, seen or said, of the harmonic mean of a class's precision and recall. */
    MACRO_F1("macroF1", Better.HIGHER),
    /**
     * Kappa-temporal (Žliobaitė et al. 2015, "Evaluation methods and decision theory for classification of streaming data
     * with temporal dependence"): (p − q)/(1 − q), p the accuracy and q that of saying the label before, in the order in
     * which labels first came: a label that is corrected later keeps its place in that order and counts in p as corrected.
     * 0 is no better than that, 1 is perfect.
     */
    KAPPA_TEMPORAL("kappaTemporal", Better.HIGHER),
    /** The root of the mean squared difference, in the target's unit. */
    RMSE("rmse", Better.LOWER),
    /** The mean absolute difference, in the target's unit. */
    MAE("mae", Better.LOWER),
    /** The mean absolute difference as a share of the label, a fraction; labels of 0 are left out. */
    MAPE("mape", Better.LOWER),
    /** The mean pinball loss at the task's quantile, in the target's unit. */
    PINBALL("pinball", Better.LOWER),
    /** The share of labels inside the emitted interval; for a quantile the share at or below the score. */
    COVERAGE("coverage", Better.NEITHER),
    /** The mean width of the emitted intervals, in the target's unit. */
    INTERVAL_WIDTH("intervalWidth", Better.NEITHER);

    /** Which of two values is the better one. */
    public enum Better {
        /** The smaller. */
        LOWER,
        /** The larger. */
        HIGHER,
        /** Neither by itself: a coverage shall be what was asked for, a width small for its coverage. */
        NEITHER
    }

    private final String label;
    private final Better better;

    Figure(String label, Better better) {
        this.label = label;
        this.better = better;
    }

    /** The figure as records and JSON name it. */
    public String label() {
        return label;
    }

    /** Which of two values is the better one. */
    public Better better() {
        return better;
    }

    /** The figures that apply to a task, the one it is judged by first. */
    public static List<Figure> of(Task task) {
        return switch (task) {
            case BINARY ->
                List.of(LOG_LOSS, BRIER, ACCURACY, AUC, AVERAGE_PRECISION, PRECISION, RECALL, F1, KAPPA_TEMPORAL);
            case MULTICLASS -> List.of(LOG_LOSS, BRIER, ACCURACY, MACRO_F1, KAPPA_TEMPORAL);
            case REGRESSION -> List.of(RMSE, MAE, MAPE, COVERAGE, INTERVAL_WIDTH);
            case QUANTILE -> List.of(PINBALL, MAE, COVERAGE);
        };
    }
}
