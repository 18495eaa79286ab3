package io.tributary.core.measure;

/** Measures fed with scores of one number. */
final class OneNumber {

    private OneNumber() {}

    static void observe(Measure measure, double score, double label) {
        measure.observe(new double[] {score}, 0, label);
    }

    static void change(Measure measure, double score, double label, int times) {
        measure.change(new double[] {score}, 0, label, times);
    }
}
